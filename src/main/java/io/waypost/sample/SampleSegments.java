package io.waypost.sample;

import java.util.List;

import io.waypost.audience.Segment;
import io.waypost.audience.SegmentDraft;
import io.waypost.audience.Segments;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** What the made-up shop means by its words: segments that campaigns can be for. */
@Component
@ConditionalOnSample
class SampleSegments {

	private static final String OWNER = "growth";

	static final SegmentDraft CUSTOMERS = new SegmentDraft("customers", "Bought something, whenever that was", OWNER,
			"order count is at least 1");

	static final SegmentDraft LAPSED = new SegmentDraft("lapsed",
			"Bought once, but not for so long that they may not come back", OWNER, "lifecycle stage is lapsed");

	static final List<SegmentDraft> DRAFTS = List.of(CUSTOMERS, LAPSED,
			new SegmentDraft("engaged", "Shows interest: a fair score, or looked at products lately", OWNER,
					"engagement score is at least 30 or did 'Product Viewed' in 14 days"),
			new SegmentDraft("new-customers", "Ordered for the first time in the last 45 days", OWNER,
					"order count is 1 and days since first order is at most 45"),
			new SegmentDraft("gardeners", "Lean to the garden, agreed to offers, and can be reached", OWNER,
					"top category is one of 'Garden tools', 'Seeds & plants' and consents to marketing and email is known"));

	private final Segments segments;

	SampleSegments(Segments segments) {
		this.segments = segments;
	}

	/** Defines what is not defined yet; within one transaction of the caller. */
	void define(TenantId tenant) {
		for (SegmentDraft draft : DRAFTS) {
			if (this.segments.find(tenant, draft.name()).isEmpty()) {
				Segment added = this.segments.add(tenant, SampleContent.ACTOR, draft);
				this.segments.approve(tenant, SampleContent.ACTOR, added.name(), added.version());
			}
		}
	}

}
