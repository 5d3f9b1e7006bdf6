package io.waypost.audience.projection;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

import io.waypost.consent.ConsentsChanged;
import io.waypost.identity.ProfilesMerged;
import io.waypost.identity.ProfilesMerged.Merge;
import io.waypost.ingestion.EventsRecorded;
import io.waypost.kernel.ProfileId;

import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Hears what happens to people, inside the transactions in which it happens. News is only
 * queued; a merge moves what is here already at once, so that an absorbed profile is in
 * no segment and no audience from that moment on.
 */
@Component
public class ProfileChangeListener {

	private final ProjectionQueue queue;

	private final JdbcClient jdbc;

	public ProfileChangeListener(ProjectionQueue queue, JdbcClient jdbc) {
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
	public void on(ConsentsChanged changed) {
		this.queue.enqueue(changed.tenant(), Activities.profileChanges(changed.profiles()));
	}

	/**
	 * What still waits in the queue finds the survivor when it is folded: whoever folds
	 * holds the profiles, so that no merge comes between.
	 */
	@EventListener
	@Order(50)
	public void on(ProfilesMerged merged) {
		Map<ProfileId, ProfileId> survivors = survivors(merged.merges());
		AudienceSqlArray from = ProjectionQueue.array("uuid", survivors.keySet(), ProfileId::value);
		AudienceSqlArray to = ProjectionQueue.array("uuid", survivors.values(), ProfileId::value);
		this.jdbc.sql("""
				update audience.deed deed set profile_id = merge.survivor
				from unnest(?, ?) as merge (absorbed, survivor) where deed.profile_id = merge.absorbed
				""").param(from).param(to).update();
		this.jdbc.sql("delete from audience.person where profile_id = any (?)").param(from).update();
		moveMembers(from, to);
		this.queue.enqueue(merged.tenant(), Activities.profileChanges(new LinkedHashSet<>(survivors.values())));
	}

	/**
	 * A person is in an audience once. Of several members who turn out to be one, one
	 * moves to the survivor, unless the survivor is a member itself; the others go.
	 */
	private void moveMembers(AudienceSqlArray from, AudienceSqlArray to) {
		this.jdbc
			.sql("""
					with merge as (select absorbed, survivor from unnest(?, ?) as merge (absorbed, survivor)),
					heir as (
						select distinct on (member.audience_id, merge.survivor) member.audience_id, member.position, merge.survivor
						from merge join audience.member member on member.profile_id = merge.absorbed
						where not exists (select from audience.member own
							where own.audience_id = member.audience_id and own.profile_id = merge.survivor)
						order by member.audience_id, merge.survivor, member.position),
					gone as (
						delete from audience.member member using merge
						where member.profile_id = merge.absorbed and not exists (select from heir
							where heir.audience_id = member.audience_id and heir.position = member.position))
					update audience.member member set profile_id = heir.survivor
					from heir where member.audience_id = heir.audience_id and member.position = heir.position
					""")
			.param(from)
			.param(to)
			.update();
	}

	/** Absorbed profile to the one that is left at the end of its chain of merges. */
	private static Map<ProfileId, ProfileId> survivors(List<Merge> merges) {
		Map<ProfileId, ProfileId> survivors = new LinkedHashMap<>();
		for (Merge merge : merges) {
			survivors
				.replaceAll((absorbed, survivor) -> survivor.equals(merge.absorbed()) ? merge.survivor() : survivor);
			survivors.put(merge.absorbed(), merge.survivor());
		}
		survivors.entrySet().removeIf((entry) -> entry.getKey().equals(entry.getValue()));
		return survivors;
	}

}
