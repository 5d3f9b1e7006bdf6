package io.waypost.access.edge;

import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.database.ServedRegion;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class HostFilterTests {

	private final MockFilterChain chain = new MockFilterChain();

	private final WebApplicationContextRunner waypost = new WebApplicationContextRunner()
		.withUserConfiguration(EdgeConfiguration.class)
		.withBean(ServerProperties.class)
		.withBean(ServedRegion.class, () -> new ServedRegion("", Map.of()))
		.withBean(ObjectMapper.class);

	@Test
	void answersForAllowedHostsOnly() throws Exception {
		assertThat(send("mail.example.com", "/login").getStatus()).isEqualTo(200);
		assertThat(this.chain.getRequest()).isNotNull();
		MockHttpServletResponse refused = send("evil.example", "/login");
		assertThat(refused.getStatus()).isEqualTo(400);
		assertThat(refused.getContentAsString()).contains("evil.example", "waypost.access.allowed-hosts");
		assertThat(refused.getHeader("Strict-Transport-Security")).contains("max-age=31536000");
	}

	@Test
	void answersHealthChecksForEveryHost() throws Exception {
		send("10.1.2.3", "/actuator/health/readiness");
		assertThat(this.chain.getRequest()).isNotNull();
	}

	@Test
	void appliesWhenThePublicUrlIsHttps() {
		this.waypost.withPropertyValues("waypost.public-url=https://mail.example.com")
			.run((context) -> assertThat(isEnabled(context.getBean("hostFilter"))).isTrue());
		this.waypost.withPropertyValues("waypost.public-url=http://localhost:8080")
			.run((context) -> assertThat(isEnabled(context.getBean("hostFilter"))).isFalse());
	}

	@Test
	@SuppressWarnings("unchecked")
	void marksTheSessionCookieAsSecure() {
		this.waypost.withPropertyValues("waypost.public-url=https://mail.example.com").run((context) -> {
			TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory();
			context.getBean("secureSessionCookie", WebServerFactoryCustomizer.class).customize(factory);
			assertThat(factory.getSession().getCookie().getSecure()).isTrue();
		});
	}

	private static boolean isEnabled(Object registration) {
		return ((FilterRegistrationBean<?>) registration).isEnabled();
	}

	private MockHttpServletResponse send(String host, String path) throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
		request.setServerName(host);
		MockHttpServletResponse response = new MockHttpServletResponse();
		new HostFilter(Set.of("mail.example.com"), new ObjectMapper()).doFilter(request, response,
				this.chain.getRequest() == null ? this.chain : new MockFilterChain());
		return response;
	}

}
