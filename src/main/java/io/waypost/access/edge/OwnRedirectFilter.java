package io.waypost.access.edge;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Makes redirects to this server relative. Spring Security builds some from the Host
 * header of the request, which anyone may choose, and a cache could keep them.
 */
class OwnRedirectFilter extends OncePerRequestFilter {

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String origin = request.getScheme() + "://" + request.getServerName();
		chain.doFilter(request, new HttpServletResponseWrapper(response) {

			@Override
			public void sendRedirect(String location) throws IOException {
				super.sendRedirect(location.startsWith(origin) ? relative(location, request) : location);
			}

		});
	}

	private static int port(UriComponents target) {
		return (target.getPort() >= 0) ? target.getPort() : "https".equals(target.getScheme()) ? 443 : 80;
	}

	private static String relative(String location, HttpServletRequest request) {
		UriComponents target = UriComponentsBuilder.fromUriString(location).build();
		String path = (target.getPath() != null) ? target.getPath() : "";
		if (!request.getServerName().equalsIgnoreCase(target.getHost()) || port(target) != request.getServerPort()
				|| path.startsWith("//")) {
			return location;
		}
		return UriComponentsBuilder.fromPath(path.isEmpty() ? "/" : path)
			.query(target.getQuery())
			.fragment(target.getFragment())
			.build()
			.toUriString();
	}

}
