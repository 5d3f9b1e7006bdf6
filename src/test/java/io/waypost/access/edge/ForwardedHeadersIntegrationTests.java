package io.waypost.access.edge;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.waypost.database.ServedRegion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.context.support.HttpRequestHandlerServlet;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The filters of Waypost behind the real proxy: who the client is, and whether it uses
 * HTTPS.
 */
@EnabledIf(value = "isProxyInstalled",
		disabledReason = "Not installed: apt-get install nginx libnginx-mod-http-modsecurity modsecurity-crs")
class ForwardedHeadersIntegrationTests {

	private static final byte[] EMPTY = {};

	@TempDir
	private Path directory;

	static boolean isProxyInstalled() {
		return InstalledProxy.isInstalled();
	}

	@Test
	void tellsClientAndHttpsAndBelievesNoForgedHeader() throws Exception {
		try (ServletWebServerApplicationContext waypost = start("--waypost.access.trusted-proxies=127.0.0.1/32");
				InstalledProxy proxy = InstalledProxy.start(this.directory, waypost.getWebServer().getPort())) {
			List<String> forged = List.of("", "\nX-Forwarded-For: 203.0.113.9",
					"\nX-Forwarded-For: 203.0.113.9, 127.0.0.1",
					"\nX-Forwarded-Proto: http\nX-Forwarded-Host: evil.example\nX-Forwarded-Port: 81",
					"\nForwarded: for=203.0.113.9;proto=http;host=evil.example", "\nX-Forwarded-Prefix: /evil",
					"\nX-Real-IP: 203.0.113.9");
			for (String headers : forged) {
				InstalledProxy.Response response = proxy.send("GET /whoami HTTP/1.1" + headers, EMPTY);
				assertThat(response.body()).as(headers)
					.contains("client=127.0.0.1 secure=true url=https://mail.example:");
				assertThat(response.body()).as(headers).doesNotContain("evil");
				assertThat(response.head()).containsIgnoringCase("Strict-Transport-Security: max-age=31536000");
			}
			assertThat(proxy.sendPlain("GET /whoami?a=b HTTP/1.1").head()).contains("308 Permanent Redirect")
				.contains("Location: https://mail.example/whoami?a=b");
			assertThat(proxy.sendRaw("GET /whoami HTTP/1.1\nHost: evil.example\nConnection: close\n", EMPTY).status())
				.isEqualTo(421);
		}
	}

	/** Without the setting, the address of the proxy counts for all clients. */
	@Test
	void believesNoProxyThatIsNotTrusted() throws Exception {
		try (ServletWebServerApplicationContext waypost = start("--waypost.access.trusted-proxies=192.0.2.1");
				InstalledProxy proxy = InstalledProxy.start(this.directory, waypost.getWebServer().getPort())) {
			assertThat(proxy.send("GET /whoami HTTP/1.1", EMPTY).body())
				.contains("secure=false url=http://mail.example");
		}
	}

	private static ServletWebServerApplicationContext start(String trusted) {
		return (ServletWebServerApplicationContext) new SpringApplicationBuilder(Echo.class).run("--server.port=0",
				"--server.address=127.0.0.1", "--spring.datasource.url=none",
				"--waypost.public-url=https://mail.example", trusted);
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ PropertyPlaceholderAutoConfiguration.class, ServletWebServerFactoryAutoConfiguration.class,
			JacksonAutoConfiguration.class, EdgeConfiguration.class })
	static class Echo {

		@Bean
		ServedRegion servedRegion() {
			return new ServedRegion("", Map.of());
		}

		@Bean
		HttpRequestHandler whoami() {
			return (request, response) -> response.getWriter()
				.write("client=%s secure=%s url=%s".formatted(request.getRemoteAddr(), request.isSecure(),
						request.getRequestURL()));
		}

		@Bean
		ServletRegistrationBean<HttpRequestHandlerServlet> servlet() {
			ServletRegistrationBean<HttpRequestHandlerServlet> servlet = new ServletRegistrationBean<>(
					new HttpRequestHandlerServlet(), "/");
			servlet.setName("whoami");
			return servlet;
		}

	}

}
