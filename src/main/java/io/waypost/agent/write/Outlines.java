package io.waypost.agent.write;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.waypost.content.DraftBlock;
import io.waypost.content.EmailDraft;
import io.waypost.feature.LifecycleStage;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The outlines of the writer, which are the same in all languages. */
final class Outlines {

	private static final String FILE = "/writer/outlines.yaml";

	private static final Set<String> KEYS = Set.of("id", "goals", "stages", "when", "layout", "body");

	private final List<Outline> outlines;

	private Outlines(List<Outline> outlines) {
		this.outlines = List.copyOf(outlines);
	}

	/**
	 * Loads and validates the outlines.
	 * @throws IllegalStateException naming the outline and the error
	 */
	static Outlines load() {
		try (InputStream in = Outlines.class.getResourceAsStream(FILE)) {
			if (in == null) {
				throw new IllegalStateException("The resource " + FILE + " does not exist");
			}
			List<Map<String, Object>> source = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
			List<Outline> outlines = new ArrayList<>();
			Set<String> ids = new TreeSet<>();
			for (Map<String, Object> entry : source) {
				Outline outline = outline(entry);
				if (!ids.add(outline.id())) {
					throw new IllegalStateException("%s has two outlines '%s'".formatted(FILE, outline.id()));
				}
				outlines.add(outline);
			}
			return new Outlines(outlines);
		}
		catch (IOException ex) {
			throw new IllegalStateException("Cannot read " + FILE, ex);
		}
	}

	/**
	 * Returns the outlines that fit, in the order of the file; there is always one. An
	 * offer needs an outline that shows it. Outlines of the goal itself come before those
	 * of its series, and these before general ones.
	 */
	List<Outline> eligible(DraftRequest request, FragmentSlots facts) {
		List<Outline> fitting = this.outlines.stream()
			.filter((outline) -> outline.fits(request.goal(), request.stage(), facts))
			.toList();
		List<Outline> eligible = Stream
			.<Predicate<Outline>>of((outline) -> outline.when().contains(FragmentSlots.OFFER),
					(outline) -> outline.goals().contains(request.goal()), (outline) -> !outline.goals().isEmpty())
			.map((preference) -> fitting.stream().filter(preference).toList())
			.filter((preferred) -> !preferred.isEmpty())
			.findFirst()
			.orElse(fitting);
		List<Outline> other = eligible.stream().filter((outline) -> !request.recent().contains(outline.id())).toList();
		return other.isEmpty() ? eligible : other;
	}

	private static Outline outline(Map<String, Object> entry) {
		String where = FILE + " " + entry.get("id");
		requireKnown(where + ": key", entry.keySet(), KEYS);
		Set<String> when = texts(entry.get("when"));
		requireKnown(where + ": condition", when, FragmentSlots.CONDITIONS);
		Set<LifecycleStage> stages = EnumSet.noneOf(LifecycleStage.class);
		texts(entry.get("stages")).forEach((stage) -> stages.add(value(where, LifecycleStage.class, stage)));
		if (!(entry.get("body") instanceof List<?> elements)) {
			throw new IllegalStateException(where + " has no body");
		}
		return new Outline(String.valueOf(entry.get("id")), texts(entry.get("goals")), stages, when,
				value(where, EmailDraft.Layout.class, String.valueOf(entry.get("layout"))),
				elements.stream().map((element) -> element(where, element)).toList());
	}

	private static Outline.Element element(String where, Object element) {
		if (!(element instanceof Map<?, ?> map) || map.size() != 1) {
			throw new IllegalStateException(where + ": each element needs exactly one key, but one is " + element);
		}
		String kind = String.valueOf(map.keySet().iterator().next());
		Object value = map.values().iterator().next();
		return switch (kind) {
			case "text" -> new Outline.Element.Sentences(parts(where, value));
			case "products" ->
				new Outline.Element.Shown(value(where, DraftBlock.Arrangement.class, String.valueOf(value)));
			case "offer" -> new Outline.Element.OfferFrame();
			case "links" -> new Outline.Element.Targets(parts(where, value));
			case "line" -> new Outline.Element.Line();
			default -> throw new IllegalStateException(
					"%s: element '%s' is unknown; known are text, products, offer, links, line".formatted(where, kind));
		};
	}

	private static List<MessagePart> parts(String where, Object value) {
		return texts(value).stream().map((part) -> value(where, MessagePart.class, part)).toList();
	}

	private static <E extends Enum<E>> E value(String where, Class<E> type, String name) {
		return Arrays.stream(type.getEnumConstants())
			.filter((constant) -> constant.name().equals(name.toUpperCase(Locale.ROOT)))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("%s: '%s' is unknown; known are %s".formatted(where, name,
					Arrays.stream(type.getEnumConstants())
						.map((constant) -> constant.name().toLowerCase(Locale.ROOT))
						.collect(Collectors.joining(", ")))));
	}

	private static Set<String> texts(@Nullable Object value) {
		return (value instanceof List<?> list)
				? list.stream().map(String::valueOf).collect(Collectors.toCollection(LinkedHashSet::new)) : Set.of();
	}

	private static void requireKnown(String where, Set<String> names, Set<String> known) {
		for (String name : names) {
			if (!known.contains(name)) {
				throw new IllegalStateException(
						"%s '%s' is unknown; known are %s".formatted(where, name, new TreeSet<>(known)));
			}
		}
	}

}
