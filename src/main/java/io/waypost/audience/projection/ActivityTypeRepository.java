package io.waypost.audience.projection;

import java.sql.Types;
import java.util.List;

import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The numbers that deeds have for what can be done. */
@Component
public class ActivityTypeRepository {

	private final JdbcClient jdbc;

	public ActivityTypeRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Looks up an event, in one category or in any. An order with two categories is one
	 * order: it has one action that is not extra.
	 * @return none when nobody of this tenant ever did it
	 */
	public Integer[] ids(TenantId tenant, String event, @Nullable String category) {
		List<Integer> numbers = this.jdbc
			.sql("""
					select id from audience.action
					where tenant_id = :tenant and event = :event and (category = :category or :category is null and not extra)
					order by id
					""")
			.param("tenant", tenant.value())
			.param("event", event)
			.param("category", category, Types.VARCHAR)
			.query(Integer.class)
			.list();
		return numbers.toArray(Integer[]::new);
	}

}
