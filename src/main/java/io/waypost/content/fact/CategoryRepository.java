package io.waypost.content.fact;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.core.type.TypeReference;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.waypost.database.JsonColumn;
import io.waypost.database.SqlTime;
import io.waypost.kernel.ClockTicker;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores the names of categories by language. */
@Component
public class CategoryRepository {

	private static final int CACHED_TENANTS = 2_000;

	private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {
	};

	private final JdbcClient jdbc;

	private final JsonColumn json;

	private final Clock clock;

	private final Cache<TenantId, CategoryNames> names;

	CategoryRepository(JdbcClient jdbc, JsonColumn json, Clock clock) {
		this.jdbc = jdbc;
		this.json = json;
		this.clock = clock;
		this.names = Caffeine.newBuilder()
			.maximumSize(CACHED_TENANTS)
			.expireAfterWrite(Duration.ofSeconds(10))
			.ticker(new ClockTicker(clock))
			.build();
	}

	/**
	 * Returns the names of all categories. Changes by another node are visible within ten
	 * seconds.
	 * @param tenant the tenant
	 * @return the names
	 */
	public CategoryNames names(TenantId tenant) {
		return this.names.get(tenant, this::read);
	}

	/**
	 * Saves the names of categories; other categories keep theirs.
	 * @param tenant the tenant
	 * @param actor the user
	 * @param named names by category and language
	 */
	public void save(TenantId tenant, String actor, Map<String, Map<String, String>> named) {
		List<String> categories = List.copyOf(named.keySet());
		this.jdbc.sql("""
				insert into content.category (tenant_id, name, names, updated_by, updated_at)
				select ?, c.name, c.names, ?, ? from unnest(?::text[], ?::jsonb[]) as c(name, names)
				on conflict (tenant_id, name) do update set names = excluded.names, updated_by = excluded.updated_by,
					updated_at = excluded.updated_at""")
			.params(tenant.value(), actor, SqlTime.of(this.clock.instant()), categories.toArray(String[]::new),
					categories.stream()
						.map((name) -> this.json.write(named.getOrDefault(name, Map.of())))
						.toArray(String[]::new))
			.update();
		this.names.invalidate(tenant);
	}

	private CategoryNames read(TenantId tenant) {
		Map<String, Map<String, String>> names = new TreeMap<>();
		this.jdbc.sql("select name, names from content.category where tenant_id = ?")
			.params(tenant.value())
			.query((row) -> {
				names.put(row.getString("name"), this.json.read(row.getString("names"), TEXTS));
			});
		return new CategoryNames(names);
	}

}
