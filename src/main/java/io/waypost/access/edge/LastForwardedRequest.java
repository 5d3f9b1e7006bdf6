package io.waypost.access.edge;

import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A request whose forwarded headers contain one value each: the last, which the nearest
 * proxy wrote. For the client's address, the last one that is not a proxy itself.
 */
final class LastForwardedRequest extends HttpServletRequestWrapper {

	private static final String CLIENT = "x-forwarded-for";

	private static final Set<String> READ = Set.of(CLIENT, "x-forwarded-proto", "x-forwarded-host", "x-forwarded-port");

	private static final Set<String> REMOVED = Set.of("forwarded", "x-forwarded-prefix", "x-forwarded-ssl");

	private final Predicate<String> proxy;

	LastForwardedRequest(HttpServletRequest request, Predicate<String> proxy) {
		super(request);
		this.proxy = proxy;
	}

	@Override
	public @Nullable String getHeader(String name) {
		String lower = name.toLowerCase(Locale.ROOT);
		if (REMOVED.contains(lower)) {
			return null;
		}
		return READ.contains(lower) ? last(lower) : super.getHeader(name);
	}

	@Override
	public Enumeration<String> getHeaders(String name) {
		String lower = name.toLowerCase(Locale.ROOT);
		if (!REMOVED.contains(lower) && !READ.contains(lower)) {
			return super.getHeaders(name);
		}
		String value = getHeader(name);
		return Collections.enumeration((value != null) ? List.of(value) : List.of());
	}

	@Override
	public Enumeration<String> getHeaderNames() {
		return Collections.enumeration(Collections.list(super.getHeaderNames())
			.stream()
			.filter((name) -> !REMOVED.contains(name.toLowerCase(Locale.ROOT)))
			.toList());
	}

	private @Nullable String last(String name) {
		List<String> values = Collections.list(super.getHeaders(name))
			.stream()
			.flatMap((value) -> Stream.of(value.split(",")))
			.map(String::strip)
			.filter((value) -> !value.isEmpty())
			.toList();
		if (values.isEmpty()) {
			return null;
		}
		return name.equals(CLIENT) ? values.reversed()
			.stream()
			.filter((address) -> !this.proxy.test(address))
			.findFirst()
			.orElse(values.getFirst()) : values.getLast();
	}

}
