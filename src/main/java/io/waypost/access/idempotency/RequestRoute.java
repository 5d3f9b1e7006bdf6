package io.waypost.access.idempotency;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.web.servlet.HandlerMapping;

/**
 * The operation of a request as its mapping sees it, so that all spellings of a path and
 * of a query are the same.
 */
final class RequestRoute {

	private RequestRoute() {
	}

	/**
	 * Returns method, pattern and decoded variables of the path.
	 * @param request a request with a matched mapping
	 * @return for example {@code POST /api/v1/users/{id}/invitations {id=anna}}
	 */
	static String of(HttpServletRequest request) {
		Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
		Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
		return request.getMethod() + ' ' + ((pattern != null) ? pattern : request.getRequestURI()) + ' '
				+ ((variables instanceof Map<?, ?> map) ? new TreeMap<>(map) : Map.of());
	}

	/** Returns the decoded parameters of the query, sorted by name. */
	static String query(HttpServletRequest request) {
		String query = request.getQueryString();
		return (query != null) ? Stream.of(query.split("&"))
			.filter((parameter) -> !parameter.isEmpty())
			.map(RequestRoute::normalized)
			.sorted()
			.collect(Collectors.joining("&")) : "";
	}

	/** Lengths keep names and values with separators apart. */
	private static String normalized(String parameter) {
		int end = parameter.indexOf('=');
		String name = decoded((end >= 0) ? parameter.substring(0, end) : parameter);
		String value = decoded((end >= 0) ? parameter.substring(end + 1) : "");
		return name.length() + ":" + name + "=" + value.length() + ":" + value;
	}

	private static String decoded(String text) {
		try {
			return URLDecoder.decode(text, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return text;
		}
	}

}
