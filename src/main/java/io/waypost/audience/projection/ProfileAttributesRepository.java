package io.waypost.audience.projection;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import io.waypost.database.SqlArray;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL access to the attributes of profiles. */
@Component
class ProfileAttributesRepository {

	/** Columns with their SQL types. */
	private static final Map<String, String> COLUMNS = columns();

	/** An unchanged row is not written again. */
	private static final String WRITE = """
			insert into audience.profile_attributes as stored (%1$s, granted, refused, tenant_id, refreshed_on)
			select %2$s, string_to_array(fresh.granted, ','), string_to_array(fresh.refused, ','), ?, ?
			from unnest(%3$s, ?, ?) fresh (%1$s, granted, refused)
			on conflict (profile_id, tenant_id) do update set %4$s
			where (%5$s) is distinct from (%6$s)
			""".formatted(listed("%s"), listed("fresh.%s"), placeholders(), updated("%1$s = excluded.%1$s"),
			updated("stored.%s"), updated("excluded.%s"));

	private final JdbcClient jdbc;

	ProfileAttributesRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Attributes of one profile.
	 *
	 * @param values in the order of the columns
	 * @param granted topics, separated by commas
	 * @param refused topics, separated by commas
	 */
	record AttributesRow(List<@Nullable Object> values, String granted, String refused) {

	}

	/** Finds profiles that were not refreshed today, those refreshed earliest first. */
	Map<TenantId, List<ProfileId>> due(LocalDate today, int limit) {
		Map<TenantId, List<ProfileId>> due = new LinkedHashMap<>();
		this.jdbc.sql("""
				select tenant_id, profile_id from audience.profile_attributes
				where refreshed_on < ? order by refreshed_on limit ?
				""").params(today, limit).query((row) -> {
			due.computeIfAbsent(new TenantId(row.getString(1)), (tenant) -> new ArrayList<>())
				.add(new ProfileId(row.getObject(2, UUID.class)));
		});
		return due;
	}

	void write(TenantId tenant, LocalDate today, List<AttributesRow> rows) {
		if (rows.isEmpty()) {
			return;
		}
		JdbcClient.StatementSpec statement = this.jdbc.sql(WRITE).param(tenant.value()).param(today);
		for (int i = 0; i < COLUMNS.size(); i++) {
			int column = i;
			statement = statement.param(SqlArray.texts(rows, (row) -> text(row.values().get(column))));
		}
		statement.param(SqlArray.texts(rows, AttributesRow::granted))
			.param(SqlArray.texts(rows, AttributesRow::refused))
			.update();
	}

	int remove(Collection<ProfileId> profiles) {
		return this.jdbc.sql("delete from audience.profile_attributes where profile_id = any (?)")
			.param(SqlArray.uuids(profiles, ProfileId::value))
			.update();
	}

	private static @Nullable String text(@Nullable Object value) {
		return (value != null) ? value.toString() : null;
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

	/** All columns except the key. */
	private static String updated(String pattern) {
		List<String> names = new ArrayList<>(COLUMNS.keySet());
		names.remove("profile_id");
		names.addAll(List.of("granted", "refused", "refreshed_on"));
		return names.stream().map(pattern::formatted).collect(Collectors.joining(", "));
	}

	/** All values are sent as text and converted by the database. */
	private static String placeholders() {
		return COLUMNS.values().stream().map("?::%s[]"::formatted).collect(Collectors.joining(", "));
	}

}
