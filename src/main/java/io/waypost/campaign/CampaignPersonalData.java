package io.waypost.campaign;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

import io.waypost.identity.PersonalRecords;
import io.waypost.identity.ProfileErased;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Export and erasure of campaign deferrals; sends belong to the room delivery. Merged
 * profiles need no change here: deferred recipients are read by their surviving profile.
 */
@Component
@Order(75)
class CampaignPersonalData implements PersonalRecords {

	private final JdbcClient jdbc;

	CampaignPersonalData(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Override
	public String section() {
		return "campaigns";
	}

	@Override
	public void read(TenantId tenant, ProfileId profile, Consumer<Object> sink) {
		this.jdbc
			.sql("SELECT campaign_id, until, attempts FROM campaign.deferral WHERE tenant_id = ? AND profile_id = ?")
			.params(tenant.value(), profile.value())
			.query((row, number) -> new CampaignDeferral(new CampaignId(row.getObject("campaign_id", UUID.class)),
					Optional.ofNullable(row.getObject("until", OffsetDateTime.class))
						.map(OffsetDateTime::toInstant)
						.orElse(null),
					row.getInt("attempts")))
			.list()
			.forEach(sink);
	}

	@EventListener
	@Order(30)
	void on(ProfileErased erased) {
		UUID[] people = ids(erased.profiles());
		erased.count("campaignDeferrals",
				this.jdbc.sql("DELETE FROM campaign.deferral WHERE tenant_id = ? AND profile_id = ANY(?)")
					.params(erased.tenant().value(), people)
					.update());
		this.jdbc
			.sql("""
					UPDATE campaign.chunk SET people = (SELECT coalesce(array_agg(person), '{}') FROM unnest(people) AS person
						WHERE person <> ALL(:people))
					WHERE tenant_id = :tenant AND status <> 'done' AND people && :people
					""")
			.param("tenant", erased.tenant().value())
			.param("people", people)
			.update();
	}

	private static UUID[] ids(Collection<ProfileId> profiles) {
		return profiles.stream().map(ProfileId::value).toArray(UUID[]::new);
	}

	/**
	 * A deferred message of a campaign.
	 *
	 * @param campaign id of the campaign
	 * @param until start of the next send window, null while its chunk is being processed
	 * @param times number of deferrals
	 */
	record CampaignDeferral(CampaignId campaign, @Nullable Instant until, int times) {

	}

}
