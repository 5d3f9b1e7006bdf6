package io.waypost.identity.privacy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.waypost.database.SqlTime;
import io.waypost.identity.PersonalRecords;
import io.waypost.identity.Profile;
import io.waypost.identity.Profiles;
import io.waypost.identity.Vault;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Identifiers and attributes of a person, for the export. */
@Component
@Order(20)
class IdentityPersonalData implements PersonalRecords {

	private final Profiles profiles;

	private final Vault vault;

	private final JdbcClient jdbc;

	IdentityPersonalData(Profiles profiles, Vault vault, JdbcClient jdbc) {
		this.profiles = profiles;
		this.vault = vault;
		this.jdbc = jdbc;
	}

	@Override
	public String section() {
		return "profiles";
	}

	@Override
	public void read(TenantId tenant, ProfileId id, Consumer<Object> sink) {
		Profile profile = this.profiles.read(tenant, List.of(id)).get(id);
		if (profile != null) {
			Vault.DecryptedProfile profileData = this.vault.openAll(tenant, id);
			sink.accept(new Row(id, profileData.userIds(), profileData.traits(), profile.country(), profile.locale(),
					profile.timeZone(), profile.createdAt(), merges(tenant, id)));
		}
	}

	private List<Instant> merges(TenantId tenant, ProfileId survivor) {
		return this.jdbc.sql("""
				select m.merged_at from identity.merge m
				join identity.profile p on p.tenant_id = m.tenant_id and p.id = m.absorbed
				where p.tenant_id = ? and p.merged_into = ? order by m.merged_at
				""").params(tenant.value(), survivor.value()).query((row, number) -> SqlTime.read(row, 1)).list();
	}

	/** One profile as exported. */
	record Row(ProfileId id, List<String> userIds, Map<String, String> traits, @Nullable String country,
			@Nullable String locale, @Nullable String timeZone, Instant createdAt, List<Instant> mergedAt) {
	}

}
