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

import io.waypost.content.cache.ExpiringCache;
import io.waypost.kernel.Money;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tenant's products. */
@Component
public class ProductCatalogue {

	private static final String COLUMNS = "id, name, category, price, currency, image_url, url";

	private final JdbcClient jdbc;

	private final Clock clock;

	private final ExpiringCache<TenantId, ProductNames> names;

	private final ExpiringCache<ProductKey, Product> products;

	private final ExpiringCache<Shelf, List<Product>> bestSellers;

	ProductCatalogue(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
		this.names = new ExpiringCache<>(clock, Duration.ofMinutes(1));
		this.products = new ExpiringCache<>(clock, Duration.ofSeconds(1));
		this.bestSellers = new ExpiringCache<>(clock, Duration.ofSeconds(10));
	}

	/**
	 * Looks products up with one statement at the most. What another process saved shows
	 * within a second.
	 * @param tenant whose catalogue
	 * @param productIds the shop's ids
	 * @return those that exist
	 */
	public Map<String, Product> find(TenantId tenant, Collection<String> productIds) {
		List<ProductKey> keys = productIds.stream().map((id) -> new ProductKey(tenant, id)).toList();
		Map<String, Product> found = new LinkedHashMap<>();
		this.products.getAll(keys, this::read).forEach((key, product) -> found.put(key.id(), product));
		return found;
	}

	private Map<ProductKey, Product> read(List<ProductKey> keys) {
		TenantId tenant = keys.getFirst().tenant();
		Map<ProductKey, Product> found = new LinkedHashMap<>();
		this.jdbc.sql("select " + COLUMNS + " from content.product where tenant_id = ? and id = any(?)")
			.params(tenant.value(), keys.stream().map(ProductKey::id).toArray(String[]::new))
			.query(ProductCatalogue::product)
			.list()
			.forEach((product) -> found.put(new ProductKey(tenant, product.id()), product));
		return found;
	}

	/**
	 * The best-selling products of a category.
	 * @param tenant whose catalogue
	 * @param category its name, as in {@link Product#category()}
	 * @param limit how many at the most
	 * @return best first
	 */
	public List<Product> bestSellers(TenantId tenant, String category, int limit) {
		return bestSellers(tenant, List.of(category), limit).getOrDefault(category, List.of());
	}

	/**
	 * The best-selling products of many categories with one statement at the most. What
	 * sells best may be known ten seconds late.
	 * @param tenant whose catalogue
	 * @param categories their names
	 * @param limit how many of each at the most
	 * @return category to products, best first; categories without products are absent
	 */
	public Map<String, List<Product>> bestSellers(TenantId tenant, Collection<String> categories, int limit) {
		List<Shelf> shelves = categories.stream().distinct().map((name) -> new Shelf(tenant, name, limit)).toList();
		Map<String, List<Product>> byCategory = new LinkedHashMap<>();
		this.bestSellers.getAll(shelves, this::readBestSellers)
			.forEach((shelf, products) -> byCategory.put(shelf.category(), products));
		return byCategory;
	}

	private Map<Shelf, List<Product>> readBestSellers(List<Shelf> shelves) {
		Shelf any = shelves.getFirst();
		// The lateral join reads only the head of each category's index range.
		String sql = """
				select p.id, p.name, p.category, p.price, p.currency, p.image_url, p.url
				from unnest(?::text[]) as wanted(category)
				cross join lateral (
					select * from content.product
					where tenant_id = ? and category = wanted.category
					order by popularity desc, id limit ?) p
				order by p.category, p.popularity desc, p.id""";
		Map<Shelf, List<Product>> found = new LinkedHashMap<>();
		this.jdbc.sql(sql)
			.params(shelves.stream().map(Shelf::category).toArray(String[]::new), any.tenant().value(), any.limit())
			.query(ProductCatalogue::product)
			.list()
			.forEach((product) -> found
				.computeIfAbsent(new Shelf(any.tenant(), product.category(), any.limit()), (key) -> new ArrayList<>())
				.add(product));
		return found;
	}

	/**
	 * The names of all products, ready to be recognised in texts. At most a minute old,
	 * but never older than what this process itself saved.
	 * @param tenant whose catalogue
	 * @return the names
	 */
	public ProductNames names(TenantId tenant) {
		return this.names.get(tenant, () -> readNames(tenant));
	}

	/**
	 * Adds products or replaces them with one statement.
	 * @param tenant whose catalogue
	 * @param items any number; of two with one id the last counts
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
		this.names.forget(tenant);
		this.products.forgetAll();
		this.bestSellers.forgetAll();
	}

	/**
	 * Reads the catalogue in the order of its ids.
	 * @param tenant whose catalogue
	 * @param after the id before the first, empty for the beginning
	 * @param limit how many at the most
	 * @return the items
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

	/** The best of one category. */
	private record Shelf(TenantId tenant, String category, int limit) {

	}

}
