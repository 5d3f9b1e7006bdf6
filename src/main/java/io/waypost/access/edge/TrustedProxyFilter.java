package io.waypost.access.edge;

import java.io.IOException;
import java.util.List;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.web.filter.ForwardedHeaderFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads the forwarded headers of trusted proxies, and removes those of all other clients.
 * A client behind a trusted proxy can add values in front, so the last values count.
 */
class TrustedProxyFilter extends OncePerRequestFilter {

	private final List<IpAddressMatcher> proxies;

	private final ForwardedHeaderFilter forwarded = new ForwardedHeaderFilter();

	private final ForwardedHeaderFilter removing = new ForwardedHeaderFilter();

	/**
	 * Makes a filter.
	 * @param proxies addresses of proxies as CIDR
	 * @throws IllegalArgumentException names an entry that is not an address
	 */
	TrustedProxyFilter(List<String> proxies) {
		this.proxies = proxies.stream().map(TrustedProxyFilter::matcher).toList();
		this.removing.setRemoveOnly(true);
	}

	private static IpAddressMatcher matcher(String cidr) {
		try {
			return new IpAddressMatcher(cidr);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"waypost.access.trusted-proxies contains '%s'; write addresses such as 10.0.0.0/8 or 192.0.2.7"
						.formatted(cidr),
					ex);
		}
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (isTrusted(request.getRemoteAddr())) {
			this.forwarded.doFilter(new LastForwardedRequest(request, this::isTrusted), response, chain);
			return;
		}
		this.removing.doFilter(request, response, chain);
	}

	private boolean isTrusted(String address) {
		try {
			return this.proxies.stream().anyMatch((proxy) -> proxy.matches(address));
		}
		catch (IllegalArgumentException notAnAddress) {
			return false;
		}
	}

}
