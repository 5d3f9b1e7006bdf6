package io.waypost.identity;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds the profiles of people who were erased before, for example because a source
 * repeats their events.
 */
@Component
public class Erasures {

	private final JdbcClient jdbc;

	Erasures(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Finds the last erasure of the people that the profiles belong to. A profile belongs
	 * to an erased person when it has, or is an alias of, a user id that the person had,
	 * or when it has or shares an address that the person had. A device counts only while
	 * the profile has no user id, because several people use one device. One statement,
	 * which reads nothing else while the tenant has no erasures.
	 * @param tenant the tenant
	 * @param profiles ids of the profiles, after all merges
	 * @return time of the last erasure by profile; profiles without one are absent
	 */
	public Map<ProfileId, Instant> latest(TenantId tenant, Collection<ProfileId> profiles) {
		Map<ProfileId, Instant> erasedAt = new HashMap<>();
		this.jdbc.sql("""
				with own as (
					select p.tenant_id, p.id, p.identified, i.hash, i.type
					from identity.profile p
					join identity.identifier i on i.profile_id = p.id and i.tenant_id = p.tenant_id
					where p.id = any(:profiles) and p.tenant_id = :tenant
					and exists (select from identity.erasure where tenant_id = :tenant)
				), known as (
					select id, hash from own where type <> 'ANONYMOUS_ID' or not identified
					union all
					select own.id, c.claimed_hash from own
					join identity.identifier_claim c on c.tenant_id = own.tenant_id and c.claimant_hash = own.hash
					join identity.identifier i
						on i.hash = c.claimed_hash and i.tenant_id = c.tenant_id and i.type = 'EMAIL'
					union all
					select own.id, a.previous_user_hash from own
					join identity.user_alias a on a.tenant_id = own.tenant_id and a.user_hash = own.hash
					union all
					select own.id, a.user_hash from own
					join identity.user_alias a on a.tenant_id = own.tenant_id and a.previous_user_hash = own.hash
				)
				select known.id, max(e.erased_at) from known
				join identity.erasure e on e.tenant_id = :tenant and e.identifier_hash = known.hash
				group by known.id
				""")
			.param("tenant", tenant.value())
			.param("profiles", SqlArray.uuids(profiles, ProfileId::value))
			.query((row) -> {
				erasedAt.put(new ProfileId(row.getObject(1, UUID.class)), SqlTime.read(row, 2));
			});
		return erasedAt;
	}

}
