package io.waypost.access.edge;

import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.database.ServedRegion;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.server.AbstractServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/**
 * Filters in front of all others, and the session cookie. The rules for HTTPS apply when
 * {@code waypost.public-url} begins with {@code https}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EdgeSettings.class)
class EdgeConfiguration {

	private final EdgeSettings settings;

	private final URI publicUrl;

	EdgeConfiguration(EdgeSettings settings, @Value("${waypost.public-url}") URI publicUrl) {
		this.settings = settings;
		this.publicUrl = publicUrl;
	}

	/**
	 * Slow bodies keep at most half of Tomcat's threads, those of one client a quarter.
	 */
	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> bodyRateValve(ServerProperties server) {
		int threads = server.getTomcat().getThreads().getMax();
		return (tomcat) -> {
			tomcat.addEngineValves(new BodyRateValve(new WaitingBodies(threads / 2, Math.max(1, threads / 4))));
			tomcat.addConnectorCustomizers((connector) -> {
				// Tomcat reads these without the rate
				connector.setProperty("maxExtensionSize", "16");
				connector.setProperty("maxTrailerSize", "256");
			});
		};
	}

	/** Runs behind the filter that sets the encoding, because it reads forms. */
	@Bean
	FilterRegistrationBean<SlowBodyFilter> slowBodyFilter(ObjectMapper json) {
		FilterRegistrationBean<SlowBodyFilter> registration = new FilterRegistrationBean<>(new SlowBodyFilter(json));
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 3);
		return registration;
	}

	/** Paths whose controllers read the raw body. */
	@Bean
	FilterRegistrationBean<RawBodyFilter> rawBodyFilter() {
		FilterRegistrationBean<RawBodyFilter> registration = new FilterRegistrationBean<>(new RawBodyFilter());
		registration.addUrlPatterns("/v1/*", "/webhooks/*");
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
		return registration;
	}

	@Bean
	FilterRegistrationBean<TrustedProxyFilter> trustedProxyFilter() {
		FilterRegistrationBean<TrustedProxyFilter> registration = new FilterRegistrationBean<>(
				new TrustedProxyFilter(this.settings.trustedProxies()));
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
		return registration;
	}

	/** Runs behind {@link TrustedProxyFilter}, which decides the host of the request. */
	@Bean
	FilterRegistrationBean<OwnRedirectFilter> ownRedirectFilter() {
		FilterRegistrationBean<OwnRedirectFilter> registration = new FilterRegistrationBean<>(new OwnRedirectFilter());
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
		return registration;
	}

	/** Runs behind {@link TrustedProxyFilter}, so a proxy may say the original host. */
	@Bean
	FilterRegistrationBean<HostFilter> hostFilter(ObjectMapper json) {
		FilterRegistrationBean<HostFilter> registration = new FilterRegistrationBean<>(new HostFilter(hosts(), json));
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
		registration.setEnabled(isHttps());
		return registration;
	}

	@Bean
	FilterRegistrationBean<ForeignRegionFilter> foreignRegionFilter(ServedRegion region, ObjectMapper json) {
		FilterRegistrationBean<ForeignRegionFilter> registration = new FilterRegistrationBean<>(
				new ForeignRegionFilter(region, json));
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
		return registration;
	}

	/** Browsers send the session cookie over HTTPS only. */
	@Bean
	WebServerFactoryCustomizer<AbstractServletWebServerFactory> secureSessionCookie() {
		return (factory) -> {
			if (isHttps()) {
				factory.getSession().getCookie().setSecure(true);
			}
		};
	}

	private Set<String> hosts() {
		Set<String> hosts = new HashSet<>();
		this.settings.allowedHosts().forEach((host) -> hosts.add(host.toLowerCase(Locale.ROOT)));
		if (this.publicUrl.getHost() != null) {
			hosts.add(this.publicUrl.getHost().toLowerCase(Locale.ROOT));
		}
		return hosts;
	}

	private boolean isHttps() {
		return "https".equalsIgnoreCase(this.publicUrl.getScheme());
	}

}
