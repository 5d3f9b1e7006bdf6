package io.waypost;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.kernel.Suggestions;

/**
 * The names of Waypost's configuration properties, from the configuration metadata. Names
 * are compared as in Spring's relaxed binding: without case, dots, hyphens and
 * underscores. So environment variables are recognised too.
 */
final class KnownSettings {

	private static final String METADATA = "/META-INF/spring-configuration-metadata.json";

	/** The element type of a list, set or map. */
	private static final Pattern ELEMENT = Pattern.compile("java\\.util\\.(List|Set|Map)<(?:[^,<>]+,)?([^<>]+)>");

	private static final Pattern INDEX = Pattern.compile("\\[(\\d+)]|_(\\d+)_");

	private static final int MAX_SIMILAR = 3;

	/** Property names; {@code [n]} is the index of a list. */
	private final List<String> names;

	private KnownSettings(List<String> names) {
		this.names = List.copyOf(names);
	}

	/**
	 * Loads the names.
	 * @return the names, or empty when the class path contains no metadata, as in some
	 * development environments
	 */
	static Optional<KnownSettings> load() {
		try (InputStream metadata = KnownSettings.class.getResourceAsStream(METADATA)) {
			return Optional.ofNullable(metadata).map(KnownSettings::read);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static KnownSettings read(InputStream metadata) {
		List<String> names = new ArrayList<>();
		try {
			for (JsonNode property : new ObjectMapper().readTree(metadata).path("properties")) {
				String name = property.path("name").asText();
				if (name.startsWith("waypost.")) {
					names.addAll(expand(name, property.path("type").asText()));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new KnownSettings(names);
	}

	/** Adds the properties of a list's elements, which the metadata does not contain. */
	private static List<String> expand(String name, String type) {
		Matcher element = ELEMENT.matcher(type);
		if (!element.matches()) {
			return List.of(name);
		}
		if (element.group(1).equals("Map")) {
			return List.of(name, name + "[*]");
		}
		if (!element.group(2).startsWith("io.waypost.")) {
			return List.of(name, name + "[n]");
		}
		return components(element.group(2)).map((component) -> name + "[n]." + component).toList();
	}

	private static Stream<String> components(String recordName) {
		try {
			Class<?> type = Class.forName(recordName, false, KnownSettings.class.getClassLoader());
			return Stream.of(type.getRecordComponents()).flatMap(KnownSettings::properties);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException("The configuration metadata names a missing type: " + recordName, ex);
		}
	}

	/** {@code [*]} is the key of a map. A list may be one value with commas. */
	private static Stream<String> properties(RecordComponent component) {
		String name = hyphenated(component.getName());
		if (component.getType().equals(Map.class)) {
			return Stream.of(name, name + "[*]");
		}
		return Collection.class.isAssignableFrom(component.getType()) ? Stream.of(name, name + "[n]") : Stream.of(name);
	}

	private static String hyphenated(String component) {
		return component.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns whether a property exists.
	 * @param name property name in any form of relaxed binding, or environment variable
	 * @return whether it exists
	 */
	boolean contains(String name) {
		String uniform = uniform(name);
		return this.names.stream().anyMatch((known) -> uniform.matches(pattern(known)));
	}

	private static String pattern(String name) {
		return uniform(name.replace("[n]", "0").replace("[*]", "9")).replace("0", "\\d+").replace("9", ".+");
	}

	private static String uniform(String name) {
		return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
	}

	/**
	 * Returns whether a name is that of a list of objects, such as {@code waypost.esp}.
	 * Only the properties of its elements have values.
	 * @param name property name in any form of relaxed binding
	 * @return whether it is a list of objects
	 */
	boolean isList(String name) {
		String uniform = uniform(name);
		return this.names.stream()
			.filter((known) -> known.contains("[n]."))
			.anyMatch((known) -> uniform(known.substring(0, known.indexOf("[n]."))).equals(uniform));
	}

	/**
	 * Finds the most similar property. If none is similar, finds the properties below the
	 * name, or those of other groups with the same last part.
	 * @param name unknown property name or environment variable
	 * @return known names in the same form, with the same index, at most three
	 */
	List<String> similar(String name) {
		boolean variable = name.equals(name.toUpperCase(Locale.ROOT));
		Matcher index = INDEX.matcher(name);
		String number = index.find() ? Optional.ofNullable(index.group(1)).orElse(index.group(2)) : "0";
		List<String> candidates = this.names.stream()
			.map((known) -> known.replace("[n]", "[" + number + "]").replace("[*]", ""))
			.map((known) -> variable ? variable(known) : known)
			.toList();
		String last = name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('_')));
		return Suggestions.closest(name, candidates)
			.map(List::of)
			.or(() -> matching(candidates, (known) -> uniform(known).startsWith(uniform(name))))
			.or(() -> matching(candidates, (known) -> last.length() > 1 && known.endsWith(last)))
			.orElse(List.of());
	}

	private static Optional<List<String>> matching(List<String> candidates, Predicate<String> condition) {
		List<String> found = candidates.stream().filter(condition).limit(MAX_SIMILAR).toList();
		return found.isEmpty() ? Optional.empty() : Optional.of(found);
	}

	private static String variable(String name) {
		return name.replace("[", ".").replace("]", "").replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT);
	}

}
