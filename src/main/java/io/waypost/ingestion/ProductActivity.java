package io.waypost.ingestion;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.waypost.database.SqlTime;
import io.waypost.kernel.ClockTicker;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What profiles viewed, put into a cart and bought, and what is bought together. */
@Component
public class ProductActivity {

	private static final Duration MEMORY = Duration.ofDays(180);

	/** Number of recent events of a profile that are read. */
	private static final int EVENTS = 60;

	private static final int CACHE_SIZE = 20_000;

	private final JdbcClient jdbc;

	private final Clock clock;

	private final Cache<ProductKey, List<RelatedProduct>> related;

	private final Cache<TenantId, Map<String, Integer>> sales;

	ProductActivity(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
		this.related = cache();
		this.sales = cache();
	}

	private <K, V> Cache<K, V> cache() {
		return Caffeine.newBuilder()
			.maximumSize(CACHE_SIZE)
			.expireAfterWrite(Duration.ofMinutes(1))
			.ticker(new ClockTicker(this.clock))
			.build();
	}

	/** What a profile did with a product. */
	public enum ProductAction {

		/** Looked at its page. */
		VIEWED,

		/** Put it into a cart. */
		ADDED,

		/** Bought it. */
		BOUGHT

	}

	/**
	 * An action of a profile.
	 *
	 * @param productId the product
	 * @param action what the profile did
	 * @param at when
	 */
	public record ProductEvent(String productId, ProductAction action, Instant at) {

	}

	/**
	 * A product that is bought by the buyers of another one.
	 *
	 * @param productId the product
	 * @param buyers number of profiles that bought both
	 * @param score similarity, 0 to 1
	 */
	public record RelatedProduct(String productId, int buyers, double score) {

	}

	/**
	 * Reads the recent actions of profiles with one statement, along the index of the
	 * event log.
	 * @param tenant the tenant
	 * @param profiles the profiles
	 * @return the actions of the last 180 days by profile, newest first, at most 60
	 * events of each profile
	 */
	public Map<ProfileId, List<ProductEvent>> recent(TenantId tenant, Collection<ProfileId> profiles) {
		Map<ProfileId, List<ProductEvent>> recent = new HashMap<>();
		if (profiles.isEmpty()) {
			return recent;
		}
		this.jdbc.sql("""
				select p.id as profile_id, e.name, e.occurred_at,
					coalesce(item.value ->> 'product_id', item.value ->> 'productId') as product_id
				from unnest(:profiles::uuid[]) as p(id)
				cross join lateral (
					select name, occurred_at, properties from ingestion.event
					where profile_id = p.id and tenant_id = :tenant and type = 'track'
						and name in ('Product Viewed', 'Product Added', 'Order Completed') and occurred_at > :since
					order by occurred_at desc limit :limit) e
				cross join lateral (
					select value from json_array_elements(case when json_typeof(e.properties -> 'products') = 'array'
						then e.properties -> 'products' else json_build_array(e.properties) end)) item
				where item.value ->> 'product_id' is not null or item.value ->> 'productId' is not null
				order by e.occurred_at desc""")
			.param("profiles", profiles.stream().map(ProfileId::value).toArray(UUID[]::new))
			.param("tenant", tenant.value())
			.param("since", SqlTime.of(this.clock.instant().minus(MEMORY)))
			.param("limit", EVENTS)
			.query((row) -> {
				recent
					.computeIfAbsent(new ProfileId(row.getObject("profile_id", UUID.class)),
							(profile) -> new ArrayList<>())
					.add(event(row));
			});
		return recent;
	}

	/**
	 * Returns products that are often bought together with others. Computed once a night;
	 * cached for a minute.
	 * @param tenant the tenant
	 * @param productIds the other products
	 * @return up to 20 related products by product, most similar first
	 */
	public Map<String, List<RelatedProduct>> boughtTogether(TenantId tenant, Collection<String> productIds) {
		List<ProductKey> keys = productIds.stream().distinct().map((id) -> new ProductKey(tenant, id)).toList();
		Map<String, List<RelatedProduct>> found = new HashMap<>();
		this.related.getAll(keys, (missing) -> readRelated(tenant, missing.stream().map(ProductKey::id).toList()))
			.forEach((key, products) -> found.put(key.id(), products));
		return found;
	}

	/**
	 * Returns the number of recent buyers of each product. Computed once a night; cached
	 * for a minute.
	 * @param tenant the tenant
	 * @return buyers by product; products with fewer than two buyers are absent
	 */
	public Map<String, Integer> buyers(TenantId tenant) {
		return this.sales.get(tenant, this::readSales);
	}

	/**
	 * Drops the cached co-purchases and buyers of this node, after they were computed.
	 */
	public void invalidate() {
		this.related.invalidateAll();
		this.sales.invalidateAll();
	}

	private Map<ProductKey, List<RelatedProduct>> readRelated(TenantId tenant, List<String> ids) {
		Map<ProductKey, List<RelatedProduct>> found = new HashMap<>();
		ids.forEach((id) -> found.put(new ProductKey(tenant, id), new ArrayList<>()));
		this.jdbc.sql("""
				select product_id, other_id, buyers, score from ingestion.co_purchase
				where tenant_id = ? and product_id = any(?) order by product_id, score desc, other_id""")
			.params(tenant.value(), ids.toArray(String[]::new))
			.query((row) -> {
				found.computeIfAbsent(new ProductKey(tenant, row.getString(1)), (key) -> new ArrayList<>())
					.add(new RelatedProduct(row.getString(2), row.getInt(3), row.getDouble(4)));
			});
		return found;
	}

	private Map<String, Integer> readSales(TenantId tenant) {
		Map<String, Integer> buyers = new HashMap<>();
		this.jdbc.sql("select product_id, buyers from ingestion.product_sales where tenant_id = ?")
			.params(tenant.value())
			.query((row) -> {
				buyers.put(row.getString(1), row.getInt(2));
			});
		return buyers;
	}

	private static ProductEvent event(ResultSet row) throws SQLException {
		ProductAction action = switch (row.getString("name")) {
			case "Order Completed" -> ProductAction.BOUGHT;
			case "Product Added" -> ProductAction.ADDED;
			default -> ProductAction.VIEWED;
		};
		return new ProductEvent(row.getString("product_id"), action, SqlTime.read(row, "occurred_at"));
	}

	private record ProductKey(TenantId tenant, String id) {

	}

}
