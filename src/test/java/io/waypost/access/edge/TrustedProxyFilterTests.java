package io.waypost.access.edge;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TrustedProxyFilterTests {

	private static final String PROXY = "10.0.0.7";

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	@Test
	void trustsNobodyByDefault() throws Exception {
		forwarded("203.0.113.9");
		HttpServletRequest seen = filtered(List.of());
		assertThat(seen.getRemoteAddr()).isEqualTo(PROXY);
		assertThat(seen.getScheme()).isEqualTo("http");
		assertThat(seen.getServerName()).isEqualTo("localhost");
		assertThat(seen.getHeader("X-Forwarded-For")).isNull();
	}

	@Test
	void readsTheHeadersOfATrustedProxy() throws Exception {
		forwarded("203.0.113.9");
		HttpServletRequest seen = filtered(List.of("10.0.0.0/8"));
		assertThat(seen.getRemoteAddr()).isEqualTo("203.0.113.9");
		assertThat(seen.isSecure()).isTrue();
		assertThat(seen.getServerName()).isEqualTo("mail.example.com");
	}

	/** A client could choose its address and escape the limit of failed sign-ins. */
	@Test
	void ignoresWhatTheClientAddedInFront() throws Exception {
		forwarded("198.51.100.1, 203.0.113.9, 10.0.0.8");
		this.request.addHeader("Forwarded", "for=198.51.100.2;host=evil.example;proto=https");
		HttpServletRequest seen = filtered(List.of("10.0.0.0/8"));
		assertThat(seen.getRemoteAddr()).isEqualTo("203.0.113.9");
		assertThat(seen.getServerName()).isEqualTo("mail.example.com");
	}

	@Test
	void ignoresTheHeadersOfOtherClients() throws Exception {
		forwarded("203.0.113.9");
		assertThat(filtered(List.of("192.0.2.0/24", "2001:db8::/32")).getRemoteAddr()).isEqualTo(PROXY);
	}

	@Test
	void namesAnInvalidProxy() {
		assertThatIllegalArgumentException().isThrownBy(() -> new TrustedProxyFilter(List.of("10.0.0.0/99")))
			.withMessageContaining("10.0.0.0/99")
			.withMessageContaining("waypost.access.trusted-proxies");
	}

	private void forwarded(String addresses) {
		this.request.setRemoteAddr(PROXY);
		this.request.addHeader("X-Forwarded-For", addresses);
		this.request.addHeader("X-Forwarded-Proto", "https");
		this.request.addHeader("X-Forwarded-Host", "mail.example.com");
	}

	private HttpServletRequest filtered(List<String> proxies) throws Exception {
		MockFilterChain chain = new MockFilterChain();
		new TrustedProxyFilter(proxies).doFilter(this.request, new MockHttpServletResponse(), chain);
		return (HttpServletRequest) chain.getRequest();
	}

}
