package io.waypost.agent.llm.copy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

import io.waypost.agent.write.CopyFacts;
import io.waypost.agent.write.GeneratedCopy;

/**
 * Finds the words of a copy that neither a fact has nor the neutral vocabulary, whose
 * words claim nothing by themselves. A copy without such words says nothing but the
 * facts; any other needs a second opinion.
 */
final class CopyVocabulary {

	private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{Mn}]+");

	private static final Pattern MARKS = Pattern.compile("\\p{M}+");

	private static final Pattern SLOT = Pattern.compile("\\$\\{[a-z_]+}");

	private static final Map<String, Set<String>> NEUTRAL = Map.of("en", load("en"), "de", load("de"), "fr",
			load("fr"));

	private final Set<String> neutral;

	private final Set<String> facts;

	private CopyVocabulary(Set<String> neutral, Set<String> facts) {
		this.neutral = neutral;
		this.facts = facts;
	}

	static CopyVocabulary of(CopyFacts facts, Locale locale) {
		Set<String> words = new HashSet<>(words(facts.background().values()));
		words.addAll(words(facts.slots().values()));
		return new CopyVocabulary(NEUTRAL.getOrDefault(locale.getLanguage(), Objects.requireNonNull(NEUTRAL.get("en"))),
				words);
	}

	/** Returns the unknown words of a copy in reading order, each once. */
	List<String> unknown(GeneratedCopy copy) {
		List<String> unknown = new ArrayList<>();
		for (String text : copy.texts()) {
			for (String word : words(List.of(SLOT.matcher(text).replaceAll(" ")))) {
				if (!this.neutral.contains(word) && !this.facts.contains(word) && !unknown.contains(word)) {
					unknown.add(word);
				}
			}
		}
		return unknown;
	}

	private static List<String> words(Collection<String> texts) {
		return texts.stream()
			.flatMap((text) -> WORD.matcher(folded(text)).results())
			.map((word) -> word.group())
			.toList();
	}

	private static String folded(String text) {
		return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("").toLowerCase(Locale.ROOT);
	}

	private static Set<String> load(String language) {
		String file = "/copy/neutral-" + language + ".txt";
		try (InputStream in = CopyVocabulary.class.getResourceAsStream(file)) {
			if (in == null) {
				throw new IllegalStateException("The resource " + file + " does not exist");
			}
			String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
			return Set.copyOf(
					words(text.lines().filter((line) -> !line.startsWith("#")).toList()).stream().distinct().toList());
		}
		catch (IOException ex) {
			throw new IllegalStateException("Cannot read " + file, ex);
		}
	}

}
