package io.waypost.audience.projection;

import java.sql.Types;
import java.util.List;

import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL access to activity types. */
@Component
public class ActivityTypeRepository {

	private final JdbcClient jdbc;

	public ActivityTypeRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Finds the ids of an event in one category, or in any. An order with two categories
	 * is one order: exactly one of its types is not extra.
	 * @return empty when the tenant has no such activity
	 */
	public List<Integer> ids(TenantId tenant, String event, @Nullable String category) {
		return this.jdbc
			.sql("""
					select id from audience.activity_type
					where tenant_id = :tenant and event = :event and (category = :category or :category is null and not extra)
					order by id
					""")
			.param("tenant", tenant.value())
			.param("event", event)
			.param("category", category, Types.VARCHAR)
			.query(Integer.class)
			.list();
	}

}
