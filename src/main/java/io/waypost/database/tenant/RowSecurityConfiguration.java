package io.waypost.database.tenant;

import javax.sql.DataSource;

import io.waypost.database.ServedRegion;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.flyway.FlywayConfigurationCustomizer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Puts the tenant into every transaction of the application. Migrations use the
 * connection pool itself, or their own role.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RegionSettings.class)
class RowSecurityConfiguration {

	@Bean
	static BeanPostProcessor tenantDataSourcePostProcessor(Environment environment) {
		String region = environment.getProperty(RegionSettings.NAME, "");
		return new BeanPostProcessor() {
			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				return (bean instanceof DataSource source) ? new TenantDataSource(source, region) : bean;
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

	@Bean
	static ServedRegion servedRegion(RegionSettings settings) {
		return settings.region();
	}

}
