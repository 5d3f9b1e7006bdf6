package io.waypost.database.tenant;

import javax.sql.DataSource;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.flyway.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Puts the tenant into every transaction of the application. Migrations use the
 * connection pool itself, or their own role.
 */
@Configuration(proxyBeanMethods = false)
class RowSecurityConfiguration {

	@Bean
	static BeanPostProcessor tenantDataSourcePostProcessor() {
		return new BeanPostProcessor() {
			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				return (bean instanceof DataSource source) ? new TenantDataSource(source) : bean;
			}
		};
	}

	@Bean
	FlywayConfigurationCustomizer migrationsOfAllTenants() {
		return (configuration) -> {
			if (configuration.getDataSource() instanceof TenantDataSource source) {
				configuration.dataSource(source.target());
			}
		};
	}

}
