package io.waypost.content;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.waypost.access.InvalidRequestException;
import io.waypost.content.fact.BrandFacts;
import io.waypost.database.AdvisoryLock;
import io.waypost.database.AdvisoryLocks;
import io.waypost.database.JsonColumn;
import io.waypost.database.SqlTime;
import io.waypost.kernel.ClockTicker;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Stores brand kits. Each change adds a version; one approved version is live. */
@Component
public class BrandKitRepository {

	/** Key of a tenant's only brand kit. The tables allow for several. */
	public static final String KEY = "default";

	private static final int CACHED_TENANTS = 2_000;

	private static final String SELECT = """
			select version, sender_name, sender_address, postal_address, site_url, logo_url, accent_colour,
				link_hosts, forbidden_words, facts, live, approved_at, created_at, created_by
			from content.brand_kit
			where tenant_id = ? and key = ?""";

	private final JdbcClient jdbc;

	private final JsonColumn json;

	private final Clock clock;

	private final Ledger ledger;

	private final AdvisoryLocks locks;

	private final Cache<TenantId, Optional<BrandKit>> live;

	BrandKitRepository(JdbcClient jdbc, JsonColumn json, Clock clock, Ledger ledger, AdvisoryLocks locks) {
		this.jdbc = jdbc;
		this.json = json;
		this.clock = clock;
		this.ledger = ledger;
		this.locks = locks;
		this.live = Caffeine.newBuilder()
			.maximumSize(CACHED_TENANTS)
			.expireAfterWrite(Duration.ofSeconds(1))
			.ticker(new ClockTicker(clock))
			.build();
	}

	/**
	 * Returns the live brand kit. An approval on another node is visible within a second.
	 * @param tenant the tenant
	 * @return the brand kit
	 * @throws InvalidRequestException a 409 when the tenant has no approved brand kit
	 */
	public BrandKit require(TenantId tenant) {
		return find(tenant).orElseThrow(() -> InvalidRequestException.conflict(
				"Tenant '%s' has no approved brand kit; POST /api/v1/brands and approve the version it answers with"
					.formatted(tenant)));
	}

	/**
	 * Finds the live brand kit.
	 * @param tenant the tenant
	 * @return the brand kit, empty when the tenant has no approved one
	 */
	public Optional<BrandKit> find(TenantId tenant) {
		return this.live.get(tenant, this::readLive);
	}

	/**
	 * Adds a version. It is used after {@link #approve}.
	 * @param tenant the tenant
	 * @param actor the user, as recorded in the ledger
	 * @param kit the new content; its version number is ignored
	 * @return the brand kit with its version number
	 */
	@Transactional
	public BrandKit add(TenantId tenant, String actor, BrandKit kit) {
		// Two writers must not take the same version number.
		this.locks.lock(AdvisoryLock.BRAND_KIT_VERSION, tenant);
		return this.jdbc.sql("""
				insert into content.brand_kit (tenant_id, key, version, sender_name, sender_address, postal_address,
					site_url, logo_url, accent_colour, link_hosts, forbidden_words, facts, created_by,
					created_at)
				select ?, ?, coalesce(max(version), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?
				from content.brand_kit where tenant_id = ? and key = ?
				returning version, sender_name, sender_address, postal_address, site_url, logo_url, accent_colour,
					link_hosts, forbidden_words, facts""")
			.params(tenant.value(), KEY, kit.senderName(), kit.senderAddress(), array(kit.postalAddress()),
					kit.siteUrl(), kit.logoUrl(), kit.accentColour(), array(kit.linkHosts()),
					array(kit.forbiddenWords()), this.json.write(kit.facts()), actor,
					this.clock.instant().atOffset(ZoneOffset.UTC), tenant.value(), KEY)
			.query((row, number) -> kit(row))
			.single();
	}

	/**
	 * Makes a version live. An older version may be approved again. A version that is
	 * live already keeps its approval.
	 * @param tenant the tenant
	 * @param actor the user, as recorded in the ledger
	 * @param version the version number
	 * @return false when there is no such version
	 */
	@Transactional
	public boolean approve(TenantId tenant, String actor, int version) {
		if (!exists(tenant, version)) {
			return false;
		}
		this.jdbc
			.sql("update content.brand_kit set live = false where tenant_id = ? and key = ? and live and version <> ?")
			.params(tenant.value(), KEY, version)
			.update();
		int changed = this.jdbc.sql("""
				update content.brand_kit set live = true, approved_by = ?, approved_at = ?
				where tenant_id = ? and key = ? and version = ? and not live""")
			.params(actor, this.clock.instant().atOffset(ZoneOffset.UTC), tenant.value(), KEY, version)
			.update();
		this.live.invalidate(tenant);
		if (changed > 0) {
			this.ledger.record(List.of(new LedgerEntry(tenant, this.clock.instant(), "brand.approved", "brand:" + KEY,
					actor, Map.of("version", version))));
		}
		return true;
	}

	/**
	 * Lists versions, newest first.
	 * @param tenant the tenant
	 * @param before only versions with a lower number
	 * @param limit maximum number of versions
	 * @return the versions
	 */
	public List<BrandVersion> list(TenantId tenant, int before, int limit) {
		return this.jdbc.sql(SELECT + " and version < ? order by version desc limit ?")
			.params(tenant.value(), KEY, before, limit)
			.query((row, number) -> version(row))
			.list();
	}

	/**
	 * Finds a version.
	 * @param tenant the tenant
	 * @param version the version number
	 * @return the version, empty when there is none
	 */
	public Optional<BrandVersion> find(TenantId tenant, int version) {
		return this.jdbc.sql(SELECT + " and version = ?")
			.params(tenant.value(), KEY, version)
			.query((row, number) -> version(row))
			.optional();
	}

	private BrandVersion version(ResultSet row) throws SQLException {
		return new BrandVersion(KEY, kit(row), row.getBoolean("live"), row.getString("created_by"),
				SqlTime.read(row, "created_at"));
	}

	/**
	 * Reads the live brand kit from the database, without the cache of
	 * {@link #find(TenantId)}.
	 * @param tenant the tenant
	 * @return the brand kit, empty when the tenant has no approved one
	 */
	public Optional<BrandKit> readLive(TenantId tenant) {
		return this.jdbc.sql(SELECT + " and live")
			.params(tenant.value(), KEY)
			.query((row, number) -> kit(row))
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

	private BrandKit kit(ResultSet row) throws SQLException {
		return new BrandKit(row.getInt("version"), row.getString("sender_name"), row.getString("sender_address"),
				texts(row.getArray("postal_address")), row.getString("site_url"), row.getString("logo_url"),
				row.getString("accent_colour"), Set.copyOf(texts(row.getArray("link_hosts"))),
				Set.copyOf(texts(row.getArray("forbidden_words"))),
				this.json.read(row.getString("facts"), BrandFacts.class));
	}

	private static List<String> texts(Array array) throws SQLException {
		return List.of((String[]) array.getArray());
	}

	/**
	 * A version of a brand kit.
	 *
	 * @param key key of the brand kit
	 * @param kit its content
	 * @param live whether messages use it
	 * @param createdBy author, as recorded in the ledger
	 * @param createdAt time at which it was added
	 */
	public record BrandVersion(String key, BrandKit kit, boolean live, String createdBy, Instant createdAt) {

	}

}
