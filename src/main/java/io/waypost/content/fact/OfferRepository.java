package io.waypost.content.fact;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.type.TypeReference;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.SecondPerson;
import io.waypost.database.AdvisoryLock;
import io.waypost.database.AdvisoryLocks;
import io.waypost.database.JsonColumn;
import io.waypost.database.SqlTime;
import io.waypost.kernel.ClockTicker;
import io.waypost.kernel.Money;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Stores offers. Each change adds a version; one approved version is live. */
@Component
public class OfferRepository {

	private static final int CACHED_OFFERS = 10_000;

	private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {
	};

	private static final String COLUMNS = """
			key, version, category, product_ids, percent, amount, currency, code, from_date, until_date, url, names, terms,
				live, created_by, created_at, approved_by, approved_at""";

	private static final String SELECT = "select " + COLUMNS + " from content.offer where tenant_id = ?";

	private final JdbcClient jdbc;

	private final JsonColumn json;

	private final Clock clock;

	private final Ledger ledger;

	private final AdvisoryLocks locks;

	private final SecondPerson persons;

	private final Cache<OfferKey, Optional<Offer>> live;

	OfferRepository(JdbcClient jdbc, JsonColumn json, Clock clock, Ledger ledger, AdvisoryLocks locks,
			SecondPerson persons) {
		this.jdbc = jdbc;
		this.json = json;
		this.clock = clock;
		this.ledger = ledger;
		this.locks = locks;
		this.persons = persons;
		this.live = Caffeine.newBuilder()
			.maximumSize(CACHED_OFFERS)
			.expireAfterWrite(Duration.ofSeconds(1))
			.ticker(new ClockTicker(clock))
			.build();
	}

	/**
	 * Finds an offer. An approval on another node is visible within a second.
	 * @param tenant the tenant
	 * @param reference a key for the live version, or {@code key@version}
	 * @return the offer, empty when there is none or no version is approved
	 */
	public Optional<Offer> find(TenantId tenant, String reference) {
		return this.live.get(new OfferKey(tenant, reference), this::read);
	}

	/**
	 * Returns the versions of an offer.
	 * @param tenant the tenant
	 * @param key key of the offer
	 * @return the versions, newest first; empty when there is no such offer
	 */
	public List<OfferVersion> versions(TenantId tenant, String key) {
		return this.jdbc.sql(SELECT + " and key = ? order by version desc")
			.params(tenant.value(), key)
			.query((row, number) -> version(row))
			.list();
	}

	/**
	 * Lists versions in the order of keys, newest version first.
	 * @param tenant the tenant
	 * @param key last key of the page before, empty for the first page
	 * @param version last version of the page before
	 * @param limit maximum number of versions
	 * @return the versions
	 */
	public List<OfferVersion> list(TenantId tenant, String key, int version, int limit) {
		return this.jdbc.sql(SELECT + " and (key > ? or (key = ? and version < ?)) order by key, version desc limit ?")
			.params(tenant.value(), key, key, version, limit)
			.query((row, number) -> version(row))
			.list();
	}

	/**
	 * Lists the live versions that have not ended.
	 * @param tenant the tenant
	 * @return the offers in the order of their keys
	 */
	public List<Offer> current(TenantId tenant) {
		return this.jdbc
			.sql(SELECT + " and live and (until_date is null or until_date >= ?) order by key limit " + CACHED_OFFERS)
			.params(tenant.value(), LocalDate.now(this.clock))
			.query((row, number) -> version(row).offer())
			.list();
	}

	/**
	 * Adds a version. It is announced after {@link #approve}.
	 * @param tenant the tenant
	 * @param actor the user, as recorded in the ledger
	 * @param offer the new content; its version number is ignored
	 * @return the version with its number
	 */
	@Transactional
	public OfferVersion add(TenantId tenant, String actor, Offer offer) {
		// Two writers must not take the same version number.
		this.locks.lock(AdvisoryLock.OFFER_VERSION, tenant, offer.key());
		return this.jdbc
			.sql("""
					insert into content.offer (tenant_id, key, version, category, product_ids, percent, amount, currency, code,
						from_date, until_date, url, names, terms, created_by, created_at)
					select ?, ?, coalesce(max(version), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?
					from content.offer where tenant_id = ? and key = ?
					returning\s"""
					+ COLUMNS)
			.params(values(tenant, actor, offer))
			.query((row, number) -> version(row))
			.single();
	}

	/**
	 * Makes a version live. An older version may be approved again.
	 * @param tenant the tenant
	 * @param actor the user, as recorded in the ledger
	 * @param key key of the offer
	 * @param version the version number
	 * @throws InvalidRequestException a 404 when there is no such version, a 409 when the
	 * same person added it
	 */
	@Transactional
	public void approve(TenantId tenant, String actor, String key, int version) {
		OfferVersion found = versions(tenant, key).stream()
			.filter((candidate) -> candidate.offer().version() == version)
			.findFirst()
			.orElseThrow(() -> InvalidRequestException.notFound(
					"There is no version %d of offer '%s'; GET /api/v1/offers lists them".formatted(version, key)));
		this.persons.require(tenant, actor, found.createdBy(), "Version %d of offer '%s'".formatted(version, key));
		this.jdbc.sql("update content.offer set live = false where tenant_id = ? and key = ? and live and version <> ?")
			.params(tenant.value(), key, version)
			.update();
		int changed = this.jdbc.sql("""
				update content.offer set live = true, approved_by = ?, approved_at = ?
				where tenant_id = ? and key = ? and version = ? and not live""")
			.params(actor, SqlTime.of(this.clock.instant()), tenant.value(), key, version)
			.update();
		this.live.asMap().keySet().removeIf((cached) -> cached.tenant().equals(tenant));
		if (changed > 0) {
			this.ledger.record(List.of(new LedgerEntry(tenant, this.clock.instant(), "offer.approved", "offer:" + key,
					actor, Map.of("version", version))));
		}
	}

	private Optional<Offer> read(OfferKey key) {
		int separator = key.reference().lastIndexOf('@');
		return this.jdbc.sql(SELECT + ((separator < 0) ? " and key = ? and live" : " and key || '@' || version = ?"))
			.params(key.tenant().value(), key.reference())
			.query((row, number) -> version(row).offer())
			.optional();
	}

	private List<@Nullable Object> values(TenantId tenant, String actor, Offer offer) {
		return Arrays.asList(tenant.value(), offer.key(), offer.scope().category(),
				offer.scope().productIds().toArray(String[]::new), offer.percent(),
				(offer.amount() != null) ? offer.amount().amount() : null,
				(offer.amount() != null) ? offer.amount().currency().getCurrencyCode() : null, offer.code(),
				offer.from(), offer.until(), offer.url(), this.json.write(offer.names()),
				this.json.write(offer.terms()), actor, SqlTime.of(this.clock.instant()), tenant.value(), offer.key());
	}

	private OfferVersion version(ResultSet row) throws SQLException {
		String currency = row.getString("currency");
		Offer offer = new Offer(row.getString("key"), row.getInt("version"),
				new Offer.OfferScope(row.getString("category"),
						List.of((String[]) row.getArray("product_ids").getArray())),
				row.getBigDecimal("percent"),
				(currency != null) ? new Money(row.getBigDecimal("amount"), Currency.getInstance(currency)) : null,
				row.getString("code"), date(row, "from_date"), date(row, "until_date"), row.getString("url"),
				this.json.read(row.getString("names"), TEXTS), this.json.read(row.getString("terms"), TEXTS));
		return new OfferVersion(offer, row.getBoolean("live"), row.getString("created_by"),
				SqlTime.read(row, "created_at"), row.getString("approved_by"),
				SqlTime.readNullable(row, "approved_at"));
	}

	private static @Nullable LocalDate date(ResultSet row, String column) throws SQLException {
		Date date = row.getDate(column);
		return (date != null) ? date.toLocalDate() : null;
	}

	private record OfferKey(TenantId tenant, String reference) {

	}

}
