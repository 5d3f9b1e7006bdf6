package io.waypost.audience.projection;

import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.database.AdvisoryLock;
import io.waypost.database.AdvisoryLocks;
import io.waypost.database.JsonColumn;
import io.waypost.database.SqlArray;
import io.waypost.identity.PersonalRecords;
import io.waypost.identity.ProfileErased;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Exports and erases what segments know about a person, and the audiences that include
 * the person.
 */
@Component
@Order(55)
class AudiencePersonalData implements PersonalRecords {

	private final JdbcClient jdbc;

	private final ProjectionQueue queue;

	private final AdvisoryLocks locks;

	private final JsonColumn json;

	AudiencePersonalData(JdbcClient jdbc, ProjectionQueue queue, AdvisoryLocks locks, JsonColumn json) {
		this.locks = locks;
		this.jdbc = jdbc;
		this.queue = queue;
		this.json = json;
	}

	@Override
	public String section() {
		return "segments";
	}

	@Override
	public void read(TenantId tenant, ProfileId profile, Consumer<Object> consumer) {
		this.jdbc.sql("""
				select json_build_object('attributes', to_jsonb(attributes) - 'tenant_id' - 'profile_id')::text
				from audience.profile_attributes attributes
				where attributes.profile_id = :profile and attributes.tenant_id = :tenant
				union all
				select json_build_object('event', type.event, 'category', nullif(type.category, ''), 'times', count(*),
					'last', max(activity.at))::text
				from audience.activity activity join audience.activity_type type on type.id = activity.activity_type_id
				where activity.profile_id = :profile and type.tenant_id = :tenant
				group by type.event, type.category
				union all
				select json_build_object('segment', frozen.segment, 'version', frozen.segment_version, 'frozenAt',
					frozen.frozen_at)::text
				from audience.member member join audience.audience frozen
					on frozen.tenant_id = member.tenant_id and frozen.id = member.audience_id
				where member.profile_id = :profile and member.tenant_id = :tenant
				""").param("profile", profile.value()).param("tenant", tenant.value()).query((row) -> {
			consumer.accept(this.json.read(row.getString(1), JsonNode.class));
		});
	}

	@EventListener
	@Order(50)
	void on(ProfileErased erased) {
		this.queue.eraseProfiles(erased.tenant(), erased.profiles());
		erased.count("activities", delete("delete from audience.activity where profile_id = any (?)", erased));
		erased.count("segmentAttributes",
				delete("delete from audience.profile_attributes where profile_id = any (?)", erased));
		erased.count("audienceMemberships", delete("delete from audience.member where profile_id = any (?)", erased));
	}

	/**
	 * Deletes names of events and categories that only this person had. Runs after the
	 * erasure, because the projection holds its lock while it waits for profiles.
	 */
	@TransactionalEventListener
	@Transactional(propagation = Propagation.REQUIRES_NEW)
	public void deleteNames(ProfileErased erased) {
		this.locks.lock(AdvisoryLock.SEGMENT_PROJECTION);
		this.queue.deleteUnusedTypes(erased.tenant());
	}

	private int delete(String sql, ProfileErased erased) {
		return this.jdbc.sql(sql).param(SqlArray.uuids(erased.profiles(), ProfileId::value)).update();
	}

}
