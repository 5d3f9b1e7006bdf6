package io.waypost.sample;

import java.util.List;

import io.waypost.audience.Segment;
import io.waypost.audience.SegmentDraft;
import io.waypost.audience.Segments;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Segments of the sample shop. */
@Component
@ConditionalOnSample
class SampleSegments {

	private static final String OWNER = "growth";

	static final SegmentDraft CUSTOMERS = new SegmentDraft("customers", "Customers with at least one order", OWNER,
			"order count is at least 1");

	static final SegmentDraft LAPSED = new SegmentDraft("lapsed", "Former customers without an order for a long time",
			OWNER, "lifecycle stage is lapsed");

	static final List<SegmentDraft> DRAFTS = List.of(CUSTOMERS, LAPSED,
			new SegmentDraft("engaged", "Engagement score of 30 or more, or viewed products in the last 14 days", OWNER,
					"engagement score is at least 30 or did 'Product Viewed' in 14 days"),
			new SegmentDraft("new-customers", "First order in the last 45 days", OWNER,
					"order count is 1 and days since first order is at most 45"),
			new SegmentDraft("gardeners", "Interested in gardening, with marketing consent and an e-mail address",
					OWNER,
					"top category is one of 'Garden tools', 'Seeds & plants' and consents to marketing and email is known"));

	private final Segments segments;

	SampleSegments(Segments segments) {
		this.segments = segments;
	}

	/** Adds missing segments in the caller's transaction. */
	void define(TenantId tenant) {
		for (SegmentDraft draft : DRAFTS) {
			if (this.segments.find(tenant, draft.name()).isEmpty()) {
				Segment added = this.segments.add(tenant, SampleContent.ACTOR, draft);
				this.segments.approve(tenant, SampleContent.ACTOR, added.name(), added.version());
			}
		}
	}

}
