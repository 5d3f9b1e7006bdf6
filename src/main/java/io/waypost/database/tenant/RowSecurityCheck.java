package io.waypost.database.tenant;

import java.util.List;

import io.waypost.kernel.InvalidSettingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Refuses to start when PostgreSQL would not keep tenants apart: with a role that
 * row-level security does not bind, or with a table of tenants that it does not protect.
 */
@Component
@DependsOnDatabaseInitialization
class RowSecurityCheck implements InitializingBean {

	private static final Logger logger = LoggerFactory.getLogger(RowSecurityCheck.class);

	private final JdbcClient jdbc;

	RowSecurityCheck(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	private record Role(String name, boolean exempt, boolean owner) {

	}

	@Override
	public void afterPropertiesSet() {
		Role role = this.jdbc.sql("""
				select rolname, rolsuper or rolbypassrls as exempt,
					exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
						where n.nspname = 'database' and n.nspowner = r.oid) as owner
				from pg_roles r where rolname = current_user
				""")
			.query((row, number) -> new Role(row.getString("rolname"), row.getBoolean("exempt"),
					row.getBoolean("owner")))
			.single();
		if (role.exempt()) {
			throw new InvalidSettingException(
					"The database role '%s' of spring.datasource is a superuser or has BYPASSRLS, so PostgreSQL would not keep tenants apart."
						.formatted(role.name()),
					"Set spring.datasource.username to a role without these attributes, see docs/install.md.");
		}
		requireProtection();
		if (role.owner()) {
			logger.info("The role '{}' owns the tables and could switch row-level security off. docs/install.md "
					+ "describes an installation with two roles", role.name());
		}
	}

	private void requireProtection() {
		List<String> unprotected = this.jdbc.sql("""
				select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
				where n.nspowner = (select nspowner from pg_namespace where nspname = 'database')
					and n.nspname <> 'public' and c.relkind in ('r', 'p')
					and exists (select from pg_attribute a
						where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
					and not (c.relrowsecurity and c.relforcerowsecurity
						and exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'tenant'))
				""").query(String.class).list();
		if (!unprotected.isEmpty()) {
			throw new InvalidSettingException("Row-level security is off for the tables " + unprotected + '.',
					"Start Waypost with the role that owns the tables in spring.flyway.user, which protects them.");
		}
	}

}
