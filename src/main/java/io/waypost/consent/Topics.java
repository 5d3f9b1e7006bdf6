package io.waypost.consent;

import java.util.List;

import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The subscription topics of a tenant. */
@Component
public class Topics {

	private final JdbcClient jdbc;

	Topics(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns all topics of a tenant: its own, and the common ones that it has not
	 * redefined.
	 * @param tenant the tenant
	 * @return the topics in the order of the preference centre
	 */
	public List<Topic> of(TenantId tenant) {
		return this.jdbc.sql("""
				select key, name, description, transactional
				  from (select distinct on (key) *
				          from consent.topic
				         where tenant_id in (:tenant, '*')
				         order by key, tenant_id = '*') topic
				 order by position, key
				""").param("tenant", tenant.value()).query(Topic.class).list();
	}

}
