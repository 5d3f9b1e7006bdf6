package io.waypost.audience.projection;

import java.util.LinkedHashSet;
import java.util.Map;

import io.waypost.consent.ConsentsChanged;
import io.waypost.database.SqlArray;
import io.waypost.identity.ProfilesMerged;
import io.waypost.ingestion.EventsRecorded;
import io.waypost.kernel.ProfileId;

import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Listens to changes of profiles, in the transactions that make them. Most changes are
 * only enqueued. A merge is applied at once, so that an absorbed profile is in no segment
 * and no audience from then on.
 */
@Component
class ProfileChangeListener {

	private final ProjectionQueue queue;

	private final JdbcClient jdbc;

	ProfileChangeListener(ProjectionQueue queue, JdbcClient jdbc) {
		this.queue = queue;
		this.jdbc = jdbc;
	}

	@EventListener
	@Order(50)
	void on(EventsRecorded recorded) {
		this.queue.enqueue(recorded.tenant(), Activities.of(recorded.events()));
	}

	@EventListener
	@Order(50)
	void on(ConsentsChanged changed) {
		this.queue.enqueue(changed.tenant(), Activities.profileChanges(changed.profiles()));
	}

	/**
	 * Moves activities and audience memberships to the survivor. Queued activities are
	 * stored for the survivor later: the projector locks the profiles, so no merge can
	 * happen in between.
	 */
	@EventListener
	@Order(50)
	void on(ProfilesMerged merged) {
		Map<ProfileId, ProfileId> survivors = merged.survivors();
		SqlArray from = SqlArray.uuids(survivors.keySet(), ProfileId::value);
		SqlArray to = SqlArray.uuids(survivors.values(), ProfileId::value);
		this.jdbc.sql("""
				update audience.activity activity set profile_id = merge.survivor
				from unnest(?, ?) as merge (absorbed, survivor) where activity.profile_id = merge.absorbed
				""").param(from).param(to).update();
		this.jdbc.sql("delete from audience.profile_attributes where profile_id = any (?)").param(from).update();
		moveMembers(from, to);
		this.queue.enqueue(merged.tenant(), Activities.profileChanges(new LinkedHashSet<>(survivors.values())));
	}

	/**
	 * Keeps each person in an audience once. Of several members that are merged, one
	 * moves to the survivor unless the survivor is already a member; the others are
	 * removed.
	 */
	private void moveMembers(SqlArray from, SqlArray to) {
		this.jdbc
			.sql("""
					with merge as (select absorbed, survivor from unnest(?, ?) as merge (absorbed, survivor)),
					moved as (
						select distinct on (member.audience_id, merge.survivor) member.audience_id, member.position, merge.survivor
						from merge join audience.member member on member.profile_id = merge.absorbed
						where not exists (select from audience.member own
							where own.audience_id = member.audience_id and own.profile_id = merge.survivor)
						order by member.audience_id, merge.survivor, member.position),
					removed as (
						delete from audience.member member using merge
						where member.profile_id = merge.absorbed and not exists (select from moved
							where moved.audience_id = member.audience_id and moved.position = member.position))
					update audience.member member set profile_id = moved.survivor
					from moved where member.audience_id = moved.audience_id and member.position = moved.position
					""")
			.param(from)
			.param(to)
			.update();
	}

}
