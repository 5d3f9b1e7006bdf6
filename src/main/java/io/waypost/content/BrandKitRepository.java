package io.waypost.content;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.waypost.content.brand.BrandVersion;
import io.waypost.content.cache.ExpiringCache;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Brand kits, versioned. */
@Component
public class BrandKitRepository {

	/** A tenant has one brand as yet; its rows are keyed for the day it has more. */
	public static final String KEY = "default";

	private static final String SELECT = """
			select version, sender_name, sender_address, postal_address, site_url, logo_url, accent_colour,
				link_hosts, forbidden_words, live, approved_at, created_at
			from content.brand_kit
			where tenant_id = ? and key = ?""";

	private final JdbcClient jdbc;

	private final Clock clock;

	private final Ledger ledger;

	private final ExpiringCache<TenantId, Optional<BrandKit>> live;

	BrandKitRepository(JdbcClient jdbc, Clock clock, Ledger ledger) {
		this.jdbc = jdbc;
		this.clock = clock;
		this.ledger = ledger;
		this.live = new ExpiringCache<>(clock, Duration.ofSeconds(1));
	}

	/**
	 * The approved brand kit in force. Another node's approval shows within a second.
	 * @param tenant whose
	 * @return the kit
	 * @throws IllegalStateException when the tenant has none
	 */
	public BrandKit require(TenantId tenant) {
		return find(tenant).orElseThrow(() -> new IllegalStateException(("Tenant '%s' has no approved brand kit;"
				+ " POST /api/v1/brands and approve the version it answers with")
			.formatted(tenant)));
	}

	/**
	 * The approved brand kit in force, if the tenant has one.
	 * @param tenant whose
	 * @return the kit
	 */
	public Optional<BrandKit> find(TenantId tenant) {
		return this.live.get(tenant, () -> readLive(tenant));
	}

	/**
	 * Adds a version; {@link #approve} puts it in force.
	 * @param tenant whose
	 * @param actor who, as the ledger shows it
	 * @param kit what it should be; its version number is ignored
	 * @return the kit with its own version number
	 */
	@Transactional
	public BrandKit add(TenantId tenant, String actor, BrandKit kit) {
		// The advisory lock keeps two writers from taking the same number.
		this.jdbc.sql("select pg_advisory_xact_lock(hashtext('content.brand_kit'), hashtext(?))")
			.params(tenant.value())
			.query((row) -> {
			});
		return this.jdbc.sql("""
				insert into content.brand_kit (tenant_id, key, version, sender_name, sender_address, postal_address,
					site_url, logo_url, accent_colour, link_hosts, forbidden_words, created_by, created_at)
				select ?, ?, coalesce(max(version), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
				from content.brand_kit where tenant_id = ? and key = ?
				returning version, sender_name, sender_address, postal_address, site_url, logo_url, accent_colour,
					link_hosts, forbidden_words""")
			.params(tenant.value(), KEY, kit.senderName(), kit.senderAddress(), array(kit.postalAddress()),
					kit.siteUrl(), kit.logoUrl(), kit.accentColour(), array(kit.linkHosts()),
					array(kit.forbiddenWords()), actor, this.clock.instant().atOffset(ZoneOffset.UTC), tenant.value(),
					KEY)
			.query(BrandKitRepository::kit)
			.single();
	}

	/**
	 * Puts a version in force, also an older one.
	 * @param tenant whose
	 * @param actor who, as the ledger shows it
	 * @param version which
	 * @return whether there is such a version
	 */
	@Transactional
	public boolean approve(TenantId tenant, String actor, int version) {
		if (!exists(tenant, version)) {
			return false;
		}
		this.jdbc.sql("update content.brand_kit set live = false where tenant_id = ? and key = ? and live")
			.params(tenant.value(), KEY)
			.update();
		this.jdbc.sql("""
				update content.brand_kit set live = true, approved_by = ?, approved_at = ?
				where tenant_id = ? and key = ? and version = ?""")
			.params(actor, this.clock.instant().atOffset(ZoneOffset.UTC), tenant.value(), KEY, version)
			.update();
		this.live.forget(tenant);
		this.ledger.record(List.of(new LedgerEntry(tenant, this.clock.instant(), "brand.approved", "brand:" + KEY,
				actor, Map.of("version", version))));
		return true;
	}

	public List<BrandVersion> list(TenantId tenant, int before, int limit) {
		return this.jdbc.sql(SELECT + " and version < ? order by version desc limit ?")
			.params(tenant.value(), KEY, before, limit)
			.query((row, number) -> new BrandVersion(KEY, kit(row, number), row.getBoolean("live"),
					row.getTimestamp("created_at").toInstant()))
			.list();
	}

	private Optional<BrandKit> readLive(TenantId tenant) {
		return this.jdbc.sql(SELECT + " and live")
			.params(tenant.value(), KEY)
			.query(BrandKitRepository::kit)
			.optional();
	}

	private boolean exists(TenantId tenant, int version) {
		return this.jdbc
			.sql("select exists (select 1 from content.brand_kit where tenant_id = ? and key = ? and version = ?)")
			.params(tenant.value(), KEY, version)
			.query(Boolean.class)
			.single();
	}

	private static String[] array(Collection<String> values) {
		return values.toArray(String[]::new);
	}

	private static BrandKit kit(ResultSet row, int number) throws SQLException {
		return new BrandKit(row.getInt("version"), row.getString("sender_name"), row.getString("sender_address"),
				texts(row.getArray("postal_address")), row.getString("site_url"), row.getString("logo_url"),
				row.getString("accent_colour"), Set.copyOf(texts(row.getArray("link_hosts"))),
				Set.copyOf(texts(row.getArray("forbidden_words"))));
	}

	private static List<String> texts(Array array) throws SQLException {
		return List.of((String[]) array.getArray());
	}

}
