package io.waypost;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.waypost.kernel.InvalidSettingException;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Refuses to start when a property {@code waypost.*} or an environment variable
 * {@code WAYPOST_*} is unknown, because a misspelt property would be ignored. Runs after
 * all configuration files are loaded.
 */
class SettingsValidator implements EnvironmentPostProcessor, Ordered {

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		KnownSettings.load().ifPresent((known) -> validate(environment, known));
	}

	private static void validate(ConfigurableEnvironment environment, KnownSettings known) {
		List<String> problems = environment.getPropertySources()
			.stream()
			.flatMap((source) -> problems(source, known))
			.distinct()
			.toList();
		if (!problems.isEmpty()) {
			throw new InvalidSettingException(
					"Unknown configuration properties:\n\n"
							+ problems.stream().map((problem) -> "    " + problem).collect(Collectors.joining("\n")),
					"Correct or remove the properties. docs/configuration.md lists all properties of Waypost.");
		}
	}

	private static Stream<String> problems(PropertySource<?> source, KnownSettings known) {
		if (!(source instanceof EnumerablePropertySource<?> enumerable)) {
			return Stream.empty();
		}
		List<String> problems = new ArrayList<>();
		for (String name : enumerable.getPropertyNames()) {
			String lower = name.toLowerCase(Locale.ROOT);
			if ((lower.startsWith("waypost.") || lower.startsWith("waypost_")) && !known.contains(name)
					&& !isEmptyList(enumerable, name, known)) {
				problems.add(name + location(source, name) + ": " + advice(name, known));
			}
		}
		return problems.stream();
	}

	/** YAML binds an empty list to the name of the list and the empty string. */
	private static boolean isEmptyList(EnumerablePropertySource<?> source, String name, KnownSettings known) {
		return known.isList(name) && String.valueOf(source.getProperty(name)).isEmpty();
	}

	private static String location(PropertySource<?> source, String name) {
		Origin origin = OriginLookup.getOrigin(source, name);
		return (origin != null) ? " (" + origin + ")" : "";
	}

	private static String advice(String name, KnownSettings known) {
		List<String> similar = known.similar(name);
		return similar.isEmpty() ? "no similar property exists" : "did you mean " + String.join(" or ", similar) + "?";
	}

}
