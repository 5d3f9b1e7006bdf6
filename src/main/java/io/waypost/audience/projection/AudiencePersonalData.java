package io.waypost.audience.projection;

import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.identity.PersonalRecords;
import io.waypost.identity.ProfileErased;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What segments are asked of, and the audiences a person was in.
 */
@Component
@Order(55)
class AudiencePersonalData implements PersonalRecords {

	private static final ObjectMapper JSON = new ObjectMapper();

	private final JdbcClient jdbc;

	private final ProjectionQueue queue;

	AudiencePersonalData(JdbcClient jdbc, ProjectionQueue queue) {
		this.jdbc = jdbc;
		this.queue = queue;
	}

	@Override
	public String section() {
		return "segments";
	}

	@Override
	public void read(TenantId tenant, ProfileId profile, Consumer<Object> sink) {
		this.jdbc
			.sql("""
					select json_build_object('facts', to_jsonb(person) - 'tenant_id' - 'profile_id')::text
					from audience.person person where person.profile_id = :profile and person.tenant_id = :tenant
					union all
					select json_build_object('event', action.event, 'category', nullif(action.category, ''), 'times', count(*),
						'last', max(deed.at))::text
					from audience.deed deed join audience.action action on action.id = deed.action_id
					where deed.profile_id = :profile and action.tenant_id = :tenant
					group by action.event, action.category
					union all
					select json_build_object('segment', frozen.segment, 'version', frozen.segment_version, 'frozenAt',
						frozen.frozen_at)::text
					from audience.member member join audience.audience frozen
						on frozen.tenant_id = member.tenant_id and frozen.id = member.audience_id
					where member.profile_id = :profile and member.tenant_id = :tenant
					""")
			.param("profile", profile.value())
			.param("tenant", tenant.value())
			.query((row) -> {
				sink.accept(json(row.getString(1)));
			});
	}

	@EventListener
	@Order(50)
	void on(ProfileErased erased) {
		this.queue.eraseProfiles(erased.tenant(), erased.profiles());
		erased.count("deeds", delete("delete from audience.deed where profile_id = any (?)", erased));
		erased.count("segmentFacts", delete("delete from audience.person where profile_id = any (?)", erased));
		erased.count("audienceMemberships", delete("delete from audience.member where profile_id = any (?)", erased));
	}

	private int delete(String sql, ProfileErased erased) {
		return this.jdbc.sql(sql).param(ProjectionQueue.array("uuid", erased.profiles(), ProfileId::value)).update();
	}

	private static JsonNode json(String text) {
		try {
			return JSON.readTree(text);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("The database makes broken JSON", ex);
		}
	}

}
