package io.waypost.content;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.waypost.kernel.ClockTicker;
import io.waypost.kernel.Money;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores the products of each tenant. */
@Component
public class ProductCatalogue {

	private static final int CACHE_SIZE = 10_000;

	private static final String COLUMNS = "id, name, category, price, currency, image_url, url";

	private final JdbcClient jdbc;

	private final Clock clock;

	private final Cache<TenantId, ProductNames> names;

	private final Cache<ProductKey, Product> products;

	private final Cache<CategoryKey, List<Product>> bestSellers;

	ProductCatalogue(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
		this.names = cache(Duration.ofMinutes(1));
		this.products = cache(Duration.ofSeconds(1));
		this.bestSellers = cache(Duration.ofSeconds(10));
	}

	private <K, V> Cache<K, V> cache(Duration expiry) {
		return Caffeine.newBuilder()
			.maximumSize(CACHE_SIZE)
			.expireAfterWrite(expiry)
			.ticker(new ClockTicker(this.clock))
			.build();
	}

	/**
	 * Finds products by id with at most one statement. Changes by another node are
	 * visible within a second.
	 * @param tenant the tenant
	 * @param productIds the shop's ids
	 * @return the existing products by id
	 */
	public Map<String, Product> find(TenantId tenant, Collection<String> productIds) {
		List<ProductKey> keys = productIds.stream().map((id) -> new ProductKey(tenant, id)).toList();
		Map<String, Product> found = new LinkedHashMap<>();
		this.products.getAll(keys, this::read).forEach((key, product) -> found.put(key.id(), product));
		return found;
	}

	private Map<ProductKey, Product> read(Set<? extends ProductKey> keys) {
		TenantId tenant = keys.iterator().next().tenant();
		Map<ProductKey, Product> found = new LinkedHashMap<>();
		this.jdbc.sql("select " + COLUMNS + " from content.product where tenant_id = ? and id = any(?)")
			.params(tenant.value(), keys.stream().map(ProductKey::id).toArray(String[]::new))
			.query(ProductCatalogue::product)
			.list()
			.forEach((product) -> found.put(new ProductKey(tenant, product.id()), product));
		return found;
	}

	/**
	 * Returns the best-selling products of a category.
	 * @param tenant the tenant
	 * @param category name as in {@link Product#category()}
	 * @param limit maximum number of products
	 * @return the products, most popular first
	 */
	public List<Product> bestSellers(TenantId tenant, String category, int limit) {
		return bestSellers(tenant, List.of(category), limit).getOrDefault(category, List.of());
	}

	/**
	 * Returns the best-selling products of several categories with at most one statement.
	 * Changes by another node are visible within ten seconds.
	 * @param tenant the tenant
	 * @param categories names of the categories
	 * @param limit maximum number of products per category
	 * @return products by category, most popular first; categories without products are
	 * absent
	 */
	public Map<String, List<Product>> bestSellers(TenantId tenant, Collection<String> categories, int limit) {
		List<CategoryKey> keys = categories.stream()
			.distinct()
			.map((name) -> new CategoryKey(tenant, name, limit))
			.toList();
		Map<String, List<Product>> byCategory = new LinkedHashMap<>();
		this.bestSellers.getAll(keys, this::readBestSellers)
			.forEach((key, products) -> byCategory.put(key.category(), products));
		return byCategory;
	}

	private Map<CategoryKey, List<Product>> readBestSellers(Set<? extends CategoryKey> keys) {
		CategoryKey any = keys.iterator().next();
		// The lateral join reads only the head of each category's index range.
		String sql = """
				select p.id, p.name, p.category, p.price, p.currency, p.image_url, p.url
				from unnest(?::text[]) as wanted(category)
				cross join lateral (
					select * from content.product
					where tenant_id = ? and category = wanted.category
					order by popularity desc, id limit ?) p
				order by p.category, p.popularity desc, p.id""";
		Map<CategoryKey, List<Product>> found = new LinkedHashMap<>();
		this.jdbc.sql(sql)
			.params(keys.stream().map(CategoryKey::category).toArray(String[]::new), any.tenant().value(), any.limit())
			.query(ProductCatalogue::product)
			.list()
			.forEach((product) -> found
				.computeIfAbsent(new CategoryKey(any.tenant(), product.category(), any.limit()),
						(key) -> new ArrayList<>())
				.add(product));
		return found;
	}

	/**
	 * Returns an index of all product names, for recognising them in texts. Changes by
	 * this node are visible at once, changes by another node within a minute.
	 * @param tenant the tenant
	 * @return the names
	 */
	public ProductNames names(TenantId tenant) {
		return this.names.get(tenant, this::readNames);
	}

	/**
	 * Returns the names of all categories. Reads one index entry per category.
	 * @param tenant the tenant
	 * @return the names in alphabetical order
	 */
	public SortedSet<String> categories(TenantId tenant) {
		String sql = """
				with recursive category (name) as (
					(select category from content.product where tenant_id = :tenant order by category limit 1)
					union all
					select (select p.category from content.product p
						where p.tenant_id = :tenant and p.category > c.name order by p.category limit 1)
					from category c where c.name is not null
				)
				select name from category where name is not null""";
		return new TreeSet<>(this.jdbc.sql(sql).param("tenant", tenant.value()).query(String.class).list());
	}

	/**
	 * Inserts or replaces products with one statement.
	 * @param tenant the tenant
	 * @param items any number; the last of two items with the same id is stored
	 */
	public void save(TenantId tenant, List<CatalogueItem> items) {
		Map<String, CatalogueItem> byId = new LinkedHashMap<>();
		items.forEach((item) -> byId.put(item.product().id(), item));
		this.jdbc.sql("""
				insert into content.product as held
					(tenant_id, id, name, category, price, currency, image_url, url, popularity, updated_at)
				select ?, item.*, ?::timestamptz
				from unnest(?::text[], ?::text[], ?::text[], ?::numeric[], ?::text[], ?::text[], ?::text[], ?::int[])
					as item (id, name, category, price, currency, image_url, url, popularity)
				on conflict (tenant_id, id) do update set name = excluded.name, category = excluded.category,
					price = excluded.price, currency = excluded.currency, image_url = excluded.image_url,
					url = excluded.url, popularity = excluded.popularity, updated_at = excluded.updated_at""")
			.params(columns(tenant, List.copyOf(byId.values())))
			.update();
		this.names.invalidate(tenant);
		this.products.invalidateAll(byId.keySet().stream().map((id) -> new ProductKey(tenant, id)).toList());
		this.bestSellers.asMap().keySet().removeIf((key) -> key.tenant().equals(tenant));
	}

	/**
	 * Lists the catalogue in the order of product ids.
	 * @param tenant the tenant
	 * @param after only products with a higher id; empty for the first page
	 * @param limit maximum number of products
	 * @return the products
	 */
	public List<CatalogueItem> list(TenantId tenant, String after, int limit) {
		return this.jdbc
			.sql("select " + COLUMNS + ", popularity"
					+ " from content.product where tenant_id = ? and id > ? order by id limit ?")
			.params(tenant.value(), after, limit)
			.query((row, number) -> new CatalogueItem(product(row, number), row.getInt("popularity")))
			.list();
	}

	private ProductNames readNames(TenantId tenant) {
		return new ProductNames(this.jdbc.sql("select distinct name from content.product where tenant_id = ?")
			.params(tenant.value())
			.query(String.class)
			.list());
	}

	private List<@Nullable Object> columns(TenantId tenant, List<CatalogueItem> items) {
		List<Product> products = items.stream().map(CatalogueItem::product).toList();
		return Arrays.asList(tenant.value(), this.clock.instant().atOffset(ZoneOffset.UTC),
				products.stream().map(Product::id).toArray(String[]::new),
				products.stream().map(Product::name).toArray(String[]::new),
				products.stream().map(Product::category).toArray(String[]::new),
				products.stream().map((product) -> product.price().amount()).toArray(BigDecimal[]::new),
				products.stream().map((product) -> product.price().currency().getCurrencyCode()).toArray(String[]::new),
				products.stream().map(Product::imageUrl).toArray(String[]::new),
				products.stream().map(Product::url).toArray(String[]::new),
				items.stream().map(CatalogueItem::popularity).toArray(Integer[]::new));
	}

	private static Product product(ResultSet row, int number) throws SQLException {
		return new Product(row.getString("id"), row.getString("name"), row.getString("category"),
				new Money(row.getBigDecimal("price"), Currency.getInstance(row.getString("currency"))),
				row.getString("image_url"), row.getString("url"));
	}

	private record ProductKey(TenantId tenant, String id) {

	}

	private record CategoryKey(TenantId tenant, String category, int limit) {

	}

}
