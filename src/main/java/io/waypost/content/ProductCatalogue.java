package io.waypost.content;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
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
import java.util.function.Function;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.waypost.content.fact.ProductDetails;
import io.waypost.database.JsonColumn;
import io.waypost.database.SqlTime;
import io.waypost.kernel.ClockTicker;
import io.waypost.kernel.Money;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Stores the products of each tenant. */
@Component
public class ProductCatalogue {

	private static final int CACHE_SIZE = 10_000;

	private static final int NEW_DAYS = 90;

	private static final String COLUMNS = "id, name, category, price, currency, image_url, url, details";

	private final JdbcClient jdbc;

	private final Clock clock;

	private final Cache<TenantId, ProductNames> names;

	private final Cache<ProductKey, Product> products;

	private final Cache<CategoryKey, List<Product>> bestSellers;

	private final Cache<CategoryKey, List<Product>> heads;

	private final Cache<CategoryKey, List<Product>> newest;

	private final JsonColumn json;

	ProductCatalogue(JdbcClient jdbc, JsonColumn json, Clock clock) {
		this.jdbc = jdbc;
		this.json = json;
		this.clock = clock;
		this.names = cache(Duration.ofMinutes(1));
		this.products = cache(Duration.ofSeconds(1));
		this.bestSellers = cache(Duration.ofSeconds(10));
		this.heads = cache(Duration.ofSeconds(10));
		this.newest = cache(Duration.ofSeconds(10));
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
			.query((row, number) -> current(row))
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
	 * Returns the best-selling products in stock of several categories with at most one
	 * statement. Changes by another node are visible within ten seconds.
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

	/**
	 * Returns the best-selling products in stock of the whole catalogue. Changes by
	 * another node are visible within ten seconds.
	 * @param tenant the tenant
	 * @param limit maximum number of products
	 * @return the products, most popular first
	 */
	public List<Product> topSellers(TenantId tenant, int limit) {
		return this.heads.get(new CategoryKey(tenant, "", limit), this::readHead);
	}

	/**
	 * Returns the newest products in stock, launched within the last 90 days. Changes by
	 * another node are visible within ten seconds.
	 * @param tenant the tenant
	 * @param limit maximum number of products per category
	 * @return the products
	 */
	public List<Product> newest(TenantId tenant, int limit) {
		return this.newest.get(new CategoryKey(tenant, "", limit), this::readNewest);
	}

	private List<Product> readHead(CategoryKey key) {
		return this.jdbc.sql("select " + COLUMNS + """
				 from content.product where tenant_id = ? and coalesce(stock, 1) > 0
				order by popularity desc, id limit ?""")
			.params(key.tenant().value(), key.limit())
			.query((row, number) -> current(row))
			.list();
	}

	private List<Product> readNewest(CategoryKey key) {
		LocalDate today = LocalDate.now(this.clock);
		return this.jdbc.sql("select " + COLUMNS + """
				 from (select *, row_number() over (partition by category order by launched desc, id) as rank
					from content.product
					where tenant_id = ? and coalesce(stock, 1) > 0 and launched > ? and launched <= ?) p
				where rank <= ? order by launched desc, id""")
			.params(key.tenant().value(), today.minusDays(NEW_DAYS), today, key.limit())
			.query((row, number) -> current(row))
			.list();
	}

	private Map<CategoryKey, List<Product>> readBestSellers(Set<? extends CategoryKey> keys) {
		CategoryKey any = keys.iterator().next();
		// The lateral join reads only the head of each category's index range.
		String sql = """
				select p.id, p.name, p.category, p.price, p.currency, p.image_url, p.url, p.details
				from unnest(?::text[]) as wanted(category)
				cross join lateral (
					select * from content.product
					where tenant_id = ? and category = wanted.category and coalesce(stock, 1) > 0
					order by popularity desc, id limit ?) p
				order by p.category, p.popularity desc, p.id""";
		Map<CategoryKey, List<Product>> found = new LinkedHashMap<>();
		this.jdbc.sql(sql)
			.params(keys.stream().map(CategoryKey::category).toArray(String[]::new), any.tenant().value(), any.limit())
			.query((row, number) -> current(row))
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
	 * Inserts or replaces products on behalf of the system.
	 * @param tenant the tenant
	 * @param items any number; the last of two items with the same id is stored
	 */
	public void save(TenantId tenant, List<CatalogueItem> items) {
		save(tenant, "system", items);
	}

	/**
	 * Inserts or replaces products. A changed product gets another version. Runs two
	 * statements.
	 * @param tenant the tenant
	 * @param actor the user
	 * @param items any number; the last of two items with the same id is stored
	 */
	@Transactional
	public void save(TenantId tenant, String actor, List<CatalogueItem> items) {
		Map<String, CatalogueItem> byId = new LinkedHashMap<>();
		items.forEach((item) -> byId.put(item.product().id(), item));
		this.jdbc
			.sql("""
					insert into content.product as held
						(tenant_id, id, name, category, price, currency, image_url, url, popularity, kind, launched, stock,
						details, updated_at)
					select ?, item.*, ?::timestamptz
					from unnest(?::text[], ?::text[], ?::text[], ?::numeric[], ?::text[], ?::text[], ?::text[], ?::int[],
						?::text[], ?::date[], ?::int[], ?::jsonb[])
						as item (id, name, category, price, currency, image_url, url, popularity, kind, launched, stock, details)
					on conflict (tenant_id, id) do update set name = excluded.name, category = excluded.category,
						price = excluded.price, currency = excluded.currency, image_url = excluded.image_url,
						url = excluded.url, popularity = excluded.popularity, kind = excluded.kind,
						launched = excluded.launched, stock = excluded.stock, details = excluded.details,
						updated_at = excluded.updated_at""")
			.params(columns(tenant, List.copyOf(byId.values())))
			.update();
		saveVersions(tenant, actor, byId);
		this.names.invalidate(tenant);
		this.products.invalidateAll(byId.keySet().stream().map((id) -> new ProductKey(tenant, id)).toList());
		List.of(this.bestSellers, this.heads, this.newest)
			.forEach((cache) -> cache.asMap().keySet().removeIf((key) -> key.tenant().equals(tenant)));
	}

	private void saveVersions(TenantId tenant, String actor, Map<String, CatalogueItem> byId) {
		this.jdbc.sql("""
				insert into content.product_version (tenant_id, id, version, item, created_by, created_at)
				select :tenant, i.id, coalesce(l.version, 0) + 1, i.item, :by, :at
				from unnest(:ids::text[], :items::jsonb[]) as i (id, item)
				left join lateral (select version, item from content.product_version v
					where v.tenant_id = :tenant and v.id = i.id order by version desc limit 1) l on true
				where l.item is distinct from i.item
				on conflict do nothing""")
			.param("tenant", tenant.value())
			.param("by", actor)
			.param("at", SqlTime.of(this.clock.instant()))
			.param("ids", byId.keySet().toArray(String[]::new))
			.param("items", byId.values().stream().map(this.json::write).toArray(String[]::new))
			.update();
	}

	/**
	 * Lists the versions of a product, newest first.
	 * @param tenant the tenant
	 * @param id the shop's id
	 * @param before only versions with a lower number
	 * @param limit maximum number of versions
	 * @return the versions
	 */
	public List<ProductVersion> versions(TenantId tenant, String id, int before, int limit) {
		return this.jdbc.sql("""
				select version, item, created_by, created_at from content.product_version
				where tenant_id = ? and id = ? and version < ? order by version desc limit ?""")
			.params(tenant.value(), id, before, limit)
			.query((row, number) -> new ProductVersion(row.getInt("version"),
					this.json.read(row.getString("item"), CatalogueItem.class), row.getString("created_by"),
					SqlTime.read(row, "created_at")))
			.list();
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
			.query((row, number) -> new CatalogueItem(product(row), row.getInt("popularity")))
			.list();
	}

	private ProductNames readNames(TenantId tenant) {
		return new ProductNames(this.jdbc.sql("""
				select name from content.product where tenant_id = :tenant
				union
				select n.value from content.product p cross join lateral jsonb_each_text(p.details -> 'names') n
				where p.tenant_id = :tenant and jsonb_typeof(p.details -> 'names') = 'object'""")
			.param("tenant", tenant.value())
			.query(String.class)
			.list());
	}

	private List<@Nullable Object> columns(TenantId tenant, List<CatalogueItem> items) {
		List<Product> products = items.stream().map(CatalogueItem::product).toList();
		return Arrays.asList(tenant.value(), this.clock.instant().atOffset(ZoneOffset.UTC),
				texts(products, Product::id), texts(products, Product::name), texts(products, Product::category),
				products.stream().map((product) -> product.price().amount()).toArray(BigDecimal[]::new),
				texts(products, (product) -> product.price().currency().getCurrencyCode()),
				texts(products, Product::imageUrl), texts(products, Product::url),
				items.stream().map(CatalogueItem::popularity).toArray(Integer[]::new),
				texts(products, (product) -> product.details().kind()),
				texts(products,
						(product) -> (product.details().launched() != null) ? product.details().launched().toString()
								: null),
				products.stream().map((product) -> product.details().stock()).toArray(Integer[]::new),
				texts(products, (product) -> this.json.write(product.details())));
	}

	private static @Nullable String[] texts(List<Product> products, Function<Product, @Nullable String> column) {
		return products.stream().map(column).toArray(String[]::new);
	}

	/** Reads a product with its list price. */
	private Product product(ResultSet row) throws SQLException {
		return new Product(row.getString("id"), row.getString("name"), row.getString("category"),
				new Money(row.getBigDecimal("price"), Currency.getInstance(row.getString("currency"))),
				row.getString("image_url"), row.getString("url"),
				this.json.read(row.getString("details"), ProductDetails.class));
	}

	/** Reads a product with its price of today. */
	private Product current(ResultSet row) throws SQLException {
		return product(row).on(LocalDate.now(this.clock));
	}

	/**
	 * A saved state of a catalogue item.
	 *
	 * @param version version number
	 * @param item the item as it was saved
	 * @param createdBy the user who saved it
	 * @param createdAt time at which it was saved
	 */
	public record ProductVersion(int version, CatalogueItem item, String createdBy, Instant createdAt) {

	}

	private record ProductKey(TenantId tenant, String id) {

	}

	private record CategoryKey(TenantId tenant, String category, int limit) {

	}

}
