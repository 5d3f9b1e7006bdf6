package io.waypost.audience.projection;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of people. */
@Component
public class ProfileAttributesRepository {

	/** Columns with the types that arrays of them have. */
	private static final Map<String, String> COLUMNS = columns();

	/** A row that says what it said before is not written again. */
	private static final String WRITE = """
			insert into audience.person as kept (%1$s, granted, refused, tenant_id, read_on)
			select %2$s, string_to_array(fresh.granted, ','), string_to_array(fresh.refused, ','), ?, ?
			from unnest(%3$s) fresh (%1$s, granted, refused)
			on conflict (profile_id, tenant_id) do update set %4$s
			where (%5$s) is distinct from (%6$s)
			""".formatted(listed("%s"), listed("fresh.%s"), placeholders(), written("%1$s = excluded.%1$s"),
			written("kept.%s"), written("excluded.%s"));

	private final JdbcClient jdbc;

	public ProfileAttributesRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * A row.
	 *
	 * @param values in the order of the columns
	 * @param granted topics, separated by commas
	 * @param refused topics, separated by commas
	 */
	public record AttributesRow(List<@Nullable Object> values, String granted, String refused) {

	}

	/** Who was not read for the longest time, by tenant. */
	Map<TenantId, List<ProfileId>> due(LocalDate today, int most) {
		Map<TenantId, List<ProfileId>> due = new LinkedHashMap<>();
		this.jdbc.sql("""
				select tenant_id, profile_id from audience.person where read_on < ? order by read_on limit ?
				""").params(today, most).query((row) -> {
			due.computeIfAbsent(new TenantId(row.getString(1)), (tenant) -> new ArrayList<>())
				.add(new ProfileId(row.getObject(2, UUID.class)));
		});
		return due;
	}

	public void write(TenantId tenant, LocalDate today, List<AttributesRow> rows) {
		if (rows.isEmpty()) {
			return;
		}
		JdbcClient.StatementSpec statement = this.jdbc.sql(WRITE).param(tenant.value()).param(today);
		List<String> types = List.copyOf(COLUMNS.values());
		for (int i = 0; i < types.size(); i++) {
			statement = statement.param(new AudienceSqlArray(types.get(i), column(rows, i)));
		}
		statement.param(ProjectionQueue.array("text", rows, AttributesRow::granted))
			.param(ProjectionQueue.array("text", rows, AttributesRow::refused))
			.update();
	}

	int remove(Collection<ProfileId> profiles) {
		return this.jdbc.sql("delete from audience.person where profile_id = any (?)")
			.param(ProjectionQueue.array("uuid", profiles, ProfileId::value))
			.update();
	}

	private static @Nullable Object[] column(List<AttributesRow> rows, int column) {
		@Nullable Object[] values = new @Nullable Object[rows.size()];
		for (int i = 0; i < values.length; i++) {
			values[i] = rows.get(i).values().get(column);
		}
		return values;
	}

	private static Map<String, String> columns() {
		Map<String, String> columns = new LinkedHashMap<>();
		columns.put("profile_id", "uuid");
		columns.put("first_seen_at", "timestamptz");
		List.of("country", "language", "locale", "time_zone").forEach((name) -> columns.put(name, "text"));
		columns.put("has_address", "boolean");
		columns.put("stage", "text");
		columns.put("engagement_score", "int4");
		columns.put("order_count", "int8");
		List.of("money_spent", "average_order").forEach((name) -> columns.put(name, "numeric"));
		List.of("first_order_at", "last_order_at", "last_open_at", "last_click_at")
			.forEach((name) -> columns.put(name, "timestamptz"));
		List.of("top_category", "device").forEach((name) -> columns.put(name, "text"));
		return columns;
	}

	private static String listed(String pattern) {
		return COLUMNS.keySet().stream().map(pattern::formatted).collect(Collectors.joining(", "));
	}

	/** Everything but the key. */
	private static String written(String pattern) {
		List<String> names = new ArrayList<>(COLUMNS.keySet());
		names.remove("profile_id");
		names.addAll(List.of("granted", "refused", "read_on"));
		return names.stream().map(pattern::formatted).collect(Collectors.joining(", "));
	}

	private static String placeholders() {
		return IntStream.range(0, COLUMNS.size() + 2).mapToObj((i) -> "?").collect(Collectors.joining(", "));
	}

}
