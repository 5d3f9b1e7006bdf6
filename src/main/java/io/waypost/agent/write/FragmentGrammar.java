package io.waypost.agent.write;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.waypost.feature.LifecycleStage;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The fragments of one language by part and goal. A message with an offer uses the
 * fragments of {@code offer} first. Fragments of the goal {@code any} are used when a
 * goal has no eligible fragment.
 */
final class FragmentGrammar {

	static final String ANY_GOAL = "any";

	/** Fewer fragments are not enough for three attempts. */
	private static final int ENOUGH = 3;

	/**
	 * For the beginnings of goals: the goal whose texts fit all messages of the series.
	 */
	private static final Map<String, String> SERIES = Map.of("cart", "cart-abandonment", "re-engagement",
			"re-engagement", "welcome", "welcome-follow-up");

	private final Map<MessagePart, Map<String, List<TextFragment>>> fragments;

	private final String language;

	private FragmentGrammar(String language, Map<MessagePart, Map<String, List<TextFragment>>> fragments) {
		this.language = language;
		this.fragments = fragments;
	}

	/**
	 * Loads and validates the fragments of a language.
	 * @throws IllegalStateException naming file, part and fragment of an error
	 */
	static FragmentGrammar load(String language) {
		String file = "/writer/" + language + ".yaml";
		try (InputStream in = FragmentGrammar.class.getResourceAsStream(file)) {
			if (in == null) {
				throw new IllegalStateException("The resource " + file + " does not exist");
			}
			Map<String, Map<String, List<Map<String, Object>>>> source = new Yaml(
					new SafeConstructor(new LoaderOptions()))
				.load(in);
			return read(language, file, source);
		}
		catch (IOException ex) {
			throw new IllegalStateException("Cannot read " + file, ex);
		}
	}

	/** Returns the eligible fragments in the order of the file. */
	List<TextFragment> eligible(MessagePart part, DraftRequest request, FragmentSlots facts) {
		List<TextFragment> offer = facts.conditions().contains(FragmentSlots.OFFER)
				? fitting(part, FragmentSlots.OFFER, request, facts) : List.of();
		List<TextFragment> own = offer.isEmpty() ? fitting(part, request.goal(), request, facts) : offer;
		List<TextFragment> series = withMore(own, part, firstOfSeries(request.goal()), request, facts);
		// Each attempt needs another subject line
		return (series.isEmpty() || part == MessagePart.SUBJECT) ? withMore(series, part, ANY_GOAL, request, facts)
				: series;
	}

	/** Adds the fragments of another goal when there are few. */
	private List<TextFragment> withMore(List<TextFragment> own, MessagePart part, String goal, DraftRequest request,
			FragmentSlots facts) {
		return (own.size() >= ENOUGH || goal.equals(request.goal())) ? own
				: Stream.concat(own.stream(), fitting(part, goal, request, facts).stream()).toList();
	}

	/** Returns the goal whose fragments the steps of a series share. */
	private static String firstOfSeries(String goal) {
		return SERIES.entrySet()
			.stream()
			.filter((series) -> goal.startsWith(series.getKey()))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(goal);
	}

	/** Returns the goals that have fragments. */
	Set<String> goals() {
		Set<String> goals = new TreeSet<>();
		this.fragments.values().forEach((byGoal) -> goals.addAll(byGoal.keySet()));
		goals.removeAll(Set.of(ANY_GOAL, FragmentSlots.OFFER));
		return goals;
	}

	String language() {
		return this.language;
	}

	private List<TextFragment> fitting(MessagePart part, String goal, DraftRequest request, FragmentSlots facts) {
		return Objects.requireNonNull(this.fragments.get(part))
			.getOrDefault(goal, List.of())
			.stream()
			.filter((fragment) -> fragment.fits(request.stage(), request.angle(), facts))
			.toList();
	}

	private static FragmentGrammar read(String language, String file,
			Map<String, Map<String, List<Map<String, Object>>>> source) {
		Map<MessagePart, Map<String, List<TextFragment>>> fragments = new EnumMap<>(MessagePart.class);
		for (MessagePart part : MessagePart.values()) {
			Map<String, List<Map<String, Object>>> byGoal = source.get(part.name().toLowerCase(Locale.ROOT));
			if (byGoal == null) {
				throw new IllegalStateException(file + " has no part '" + part.name().toLowerCase(Locale.ROOT) + "'");
			}
			Map<String, List<TextFragment>> read = new LinkedHashMap<>();
			byGoal.forEach((goal, entries) -> read.put(goal,
					entries.stream().map((entry) -> fragment(file + " " + part + " " + goal, entry)).toList()));
			requireUniqueIds(file + " " + part, read);
			fragments.put(part, read);
		}
		return new FragmentGrammar(language, fragments);
	}

	private static TextFragment fragment(String where, Map<String, Object> entry) {
		String id = String.valueOf(entry.get("id"));
		TextFragment fragment = new TextFragment(id, String.valueOf(entry.get("text")), stages(where, entry),
				texts(entry.get("angles")), texts(entry.get("when")));
		requireKnown(where + " " + id + ": slot", fragment.slots(), FragmentSlots.SLOTS);
		requireKnown(where + " " + id + ": condition", fragment.when(), FragmentSlots.CONDITIONS);
		requireKnown(where + " " + id + ": key", entry.keySet(), Set.of("id", "text", "stages", "angles", "when"));
		return fragment;
	}

	private static Set<LifecycleStage> stages(String where, Map<String, Object> entry) {
		Set<String> names = texts(entry.get("stages"));
		requireKnown(where + ": stage", names,
				Arrays.stream(LifecycleStage.values()).map(Enum::name).collect(Collectors.toSet()));
		Set<LifecycleStage> stages = EnumSet.noneOf(LifecycleStage.class);
		names.forEach((name) -> stages.add(LifecycleStage.valueOf(name)));
		return stages;
	}

	private static Set<String> texts(@Nullable Object value) {
		Set<String> texts = new LinkedHashSet<>();
		if (value instanceof List<?> list) {
			list.forEach((text) -> texts.add(String.valueOf(text)));
		}
		return texts;
	}

	private static void requireKnown(String where, Iterable<String> names, Set<String> known) {
		for (String name : names) {
			if (!known.contains(name)) {
				throw new IllegalStateException(
						"%s '%s' is unknown; known are %s".formatted(where, name, new TreeSet<>(known)));
			}
		}
	}

	private static void requireUniqueIds(String where, Map<String, List<TextFragment>> byGoal) {
		Set<String> ids = new TreeSet<>();
		byGoal.forEach((goal, fragments) -> fragments.forEach((fragment) -> {
			if (!ids.add(goal + "." + fragment.id())) {
				throw new IllegalStateException(
						"%s has two fragments '%s' for goal '%s'".formatted(where, fragment.id(), goal));
			}
		}));
	}

}
