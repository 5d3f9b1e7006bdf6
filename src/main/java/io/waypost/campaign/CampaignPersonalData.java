package io.waypost.campaign;

import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;

import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
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
 * Export and erasure of campaign deferrals; sends belong to the module delivery. Merged
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
					SqlTime.readNullable(row, "until"), row.getInt("attempts")))
			.list()
			.forEach(sink);
	}

	@EventListener
	@Order(30)
	void on(ProfileErased erased) {
		SqlArray profiles = SqlArray.uuids(erased.profiles(), (profile) -> profile.value());
		erased.count("campaignDeferrals", this.jdbc
			.sql("DELETE FROM campaign.deferral WHERE tenant_id = :tenant AND profile_id = ANY(:profiles::uuid[])")
			.param("tenant", erased.tenant().value())
			.param("profiles", profiles)
			.update());
		this.jdbc
			.sql("""
					UPDATE campaign.chunk SET people = (SELECT coalesce(array_agg(profile), '{}') FROM unnest(people) AS profile
						WHERE profile <> ALL(:profiles::uuid[]))
					WHERE tenant_id = :tenant AND status <> 'done' AND people && :profiles::uuid[]
					""")
			.param("tenant", erased.tenant().value())
			.param("profiles", profiles)
			.update();
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
