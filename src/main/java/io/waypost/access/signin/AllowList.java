package io.waypost.access.signin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.waypost.access.Role;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.server.PathContainer;
import org.springframework.util.StringUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * A list of requests with the roles that may send them, read from a resource. What is not
 * listed is refused.
 */
final class AllowList {

	private static final int COLUMNS = 3;

	/** Every role that works with the data of a tenant. */
	private static final Set<Role> STAFF = EnumSet.complementOf(EnumSet.of(Role.PLATFORM_ADMIN));

	private final List<Rule> rules;

	private AllowList(List<Rule> rules) {
		this.rules = rules;
	}

	/**
	 * Reads a list.
	 * @param resource path on the classpath: a rule per line with methods, path pattern
	 * and roles
	 * @return the list
	 * @throws IllegalArgumentException names the line that cannot be read
	 */
	static AllowList read(String resource) {
		try {
			return parse(resource, new ClassPathResource(resource).getContentAsString(StandardCharsets.UTF_8));
		}
		catch (IOException failure) {
			throw new UncheckedIOException("The resource %s cannot be read".formatted(resource), failure);
		}
	}

	private static AllowList parse(String resource, String text) {
		List<Rule> rules = new ArrayList<>();
		List<String> lines = text.lines().toList();
		for (int number = 0; number < lines.size(); number++) {
			String line = lines.get(number).strip();
			if (!line.isEmpty() && !line.startsWith("#")) {
				try {
					rules.add(rule(line));
				}
				catch (IllegalArgumentException ex) {
					throw new IllegalArgumentException(
							"%s, line %d: '%s'; write methods, path and roles".formatted(resource, number + 1, line),
							ex);
				}
			}
		}
		return new AllowList(List.copyOf(rules));
	}

	private static Rule rule(String line) {
		String[] columns = line.split("\\s+", COLUMNS);
		if (columns.length != COLUMNS) {
			throw new IllegalArgumentException("fewer than %d columns".formatted(COLUMNS));
		}
		Set<Role> roles = EnumSet.noneOf(Role.class);
		for (String role : StringUtils.tokenizeToStringArray(columns[2], " \t")) {
			roles.addAll(role.equals("STAFF") ? STAFF : Set.of(Role.valueOf(role)));
		}
		return new Rule(methods(columns[0]), PathPatternParser.defaultInstance.parse(columns[1]), roles);
	}

	private static Set<String> methods(String name) {
		return switch (name) {
			case "READ" -> Set.of("GET", "HEAD");
			case "QUERY" -> Set.of("GET", "HEAD", "POST");
			case "POST", "PUT", "DELETE", "OPTIONS" -> Set.of(name);
			default -> throw new IllegalArgumentException("unknown method " + name);
		};
	}

	/**
	 * Checks a request. Of several paths that match, the most specific one decides:
	 * {@code /job/count} and not {@code /job/{id}}.
	 * @param method HTTP method
	 * @param path path as it was sent
	 * @param roles roles of the caller
	 * @return true when one of the roles may send it
	 */
	boolean allows(String method, String path, Set<Role> roles) {
		PathContainer parsed = PathContainer.parsePath(path);
		List<Rule> matching = this.rules.stream()
			.filter((rule) -> rule.methods().contains(method) && rule.path().matches(parsed))
			.sorted(Comparator.comparing(Rule::path, PathPattern.SPECIFICITY_COMPARATOR))
			.toList();
		return matching.stream()
			.filter((rule) -> isAsSpecific(rule, matching.getFirst()))
			.anyMatch((rule) -> roles.stream().anyMatch(rule.roles()::contains));
	}

	private static boolean isAsSpecific(Rule rule, Rule first) {
		return PathPattern.SPECIFICITY_COMPARATOR.compare(rule.path(), first.path()) == 0;
	}

	private record Rule(Set<String> methods, PathPattern path, Set<Role> roles) {

	}

}
