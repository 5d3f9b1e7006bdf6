package io.waypost.audience.projection;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.audience.AudienceTestProfile;
import io.waypost.audience.language.SegmentAttribute;
import io.waypost.consent.ConsentsChanged;
import io.waypost.identity.ProfilesMerged;
import io.waypost.identity.ProfilesMerged.Merge;
import io.waypost.ingestion.Event;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import io.waypost.testing.TestDatabase;

/** Writes test profiles to the projection. */
public final class ProjectionFixture {

	private final TestDatabase database;

	private final TenantId tenant;

	private final ProjectionQueue queue;

	private final IdGenerator ids;

	public ProjectionFixture(TestDatabase database, TenantId tenant, Clock clock, IdGenerator ids) {
		this.database = database;
		this.tenant = tenant;
		this.queue = new ProjectionQueue(database.client(), clock);
		this.ids = ids;
	}

	/** Writes attributes as the loader would, and projects activities as events. */
	public void add(List<AudienceTestProfile> profiles, LocalDate today) {
		new ProfileAttributesRepository(this.database.client()).write(this.tenant, today,
				profiles.stream().map(ProjectionFixture::row).toList());
		List<Event> events = new ArrayList<>();
		profiles.forEach((profile) -> profile.activities().forEach((one) -> events.add(event(profile, one))));
		this.queue.enqueue(this.tenant, Activities.of(events));
		Map<ProfileId, ProfileId> survivors = profiles.stream()
			.collect(Collectors.toMap(AudienceTestProfile::id, AudienceTestProfile::id));
		this.database.transactions()
			.executeWithoutResult((status) -> this.queue
				.storeActivities(new ProjectionQueue.QueuedBatch(this.tenant, queued()), survivors));
		this.database.template()
			.execute("analyze audience.profile_attributes, audience.activity, audience.activity_type");
	}

	/** Ids of the queued rows. */
	public List<Long> queued() {
		return this.database.client()
			.sql("select id from audience.projection_queue where tenant_id = ?")
			.param(this.tenant.value())
			.query(Long.class)
			.list();
	}

	public void merge(Merge... merges) {
		ProfileChangeListener listener = new ProfileChangeListener(this.queue, this.database.client());
		this.database.transactions().executeWithoutResult((status) -> {
			listener.on(new ProfilesMerged(this.tenant, List.of(merges)));
			listener.on(new ConsentsChanged(this.tenant, List.of(merges[0].survivor())));
		});
	}

	private Event event(AudienceTestProfile profile, AudienceTestProfile.TestActivity activity) {
		ObjectNode properties = JsonNodeFactory.instance.objectNode().put("revenue", activity.amount());
		ArrayNode products = JsonNodeFactory.instance.arrayNode();
		for (String category : activity.categories()) {
			if (!properties.has("category")) {
				properties.put("category", category);
			}
			products.addObject().put("category", category);
		}
		properties.set("products", products);
		return new Event(this.ids.next(), profile.id(), "track", activity.event(), properties,
				JsonNodeFactory.instance.objectNode(), activity.at(), activity.at(), this.ids.next().toString());
	}

	private static ProfileAttributesRepository.AttributesRow row(AudienceTestProfile profile) {
		Map<SegmentAttribute, Object> values = profile.attributes();
		return new ProfileAttributesRepository.AttributesRow(
				Arrays.asList(profile.id().value(), values.get(SegmentAttribute.SINCE_SEEN),
						values.get(SegmentAttribute.COUNTRY), values.get(SegmentAttribute.LANGUAGE),
						values.get(SegmentAttribute.LOCALE), values.get(SegmentAttribute.TIME_ZONE),
						values.containsKey(SegmentAttribute.EMAIL), values.get(SegmentAttribute.STAGE),
						values.get(SegmentAttribute.SCORE), values.get(SegmentAttribute.ORDERS),
						values.get(SegmentAttribute.SPENT), values.get(SegmentAttribute.AVERAGE_ORDER),
						values.get(SegmentAttribute.SINCE_FIRST_ORDER), values.get(SegmentAttribute.SINCE_ORDER),
						values.get(SegmentAttribute.SINCE_OPEN), values.get(SegmentAttribute.SINCE_CLICK),
						values.get(SegmentAttribute.TOP_CATEGORY), values.get(SegmentAttribute.DEVICE)),
				String.join(",", profile.granted()), String.join(",", profile.refused()));
	}

}
