package io.waypost.agent.llm.copy;

import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.waypost.agent.phrase.SpelledNumbers;
import io.waypost.agent.phrase.TextTokens;
import io.waypost.agent.write.CopyFacts;
import io.waypost.agent.write.GeneratedCopy;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What the text of a model may look like before its slots are filled. It is stricter than
 * the guardrail, because a copy that is refused costs one of several and never a message:
 * plain letters and punctuation; no number, date, price or address outside of slots; no
 * word about price, time, stock, promises, comparisons, effects or contact that no fact
 * of the prompt has.
 */
final class CopyForm {

	private static final String FILE = "/copy/words.yaml";

	/** Latin letters, digits and the punctuation of prose. */
	private static final Pattern PLAIN = Pattern
		.compile("[\\p{IsLatin}0-9 .,;:!?'’\"“”„«»‹›()&/\\u2013\\u2014\\u2026\\u2011\\u00A0\\u202F-]*");

	private static final Pattern SLOT = Pattern.compile("\\$\\{[a-z_]+}");

	private static final Pattern DIGITS = Pattern.compile("[0-9]+");

	/** A dot or a slash between letters, as in names of hosts and paths. */
	private static final Pattern ADDRESS = Pattern
		.compile("\\p{L}[./]\\p{L}|\\p{L}\\s?\\(?\\b(?:dot|punkt|point)\\b\\)?\\s?\\p{L}", Pattern.CASE_INSENSITIVE);

	private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{Mn}]+(?:[-'’][\\p{L}\\p{Mn}]+)*");

	private static final Pattern MARKS = Pattern.compile("\\p{M}+");

	private static final Map<String, List<WordRule>> RULES = load();

	private final List<WordRule> rules;

	private final Set<String> names;

	private final Set<String> known;

	private final Set<String> numbers;

	private CopyForm(List<WordRule> rules, Set<String> names, Set<String> known, Set<String> numbers) {
		this.rules = rules;
		this.names = names;
		this.known = known;
		this.numbers = numbers;
	}

	/** Words of a kind that need a fact. */
	private record WordRule(String kind, String text, boolean whole) {

		/** Whether the rule is about the word that begins at a position. */
		boolean fits(String folded, int at, int end) {
			return folded.startsWith(this.text, at) && (!this.whole || at + this.text.length() == end
					|| this.text.contains(" ") && isEnd(folded, at + this.text.length()));
		}

		private static boolean isEnd(String folded, int at) {
			return at >= folded.length() || !Character.isLetter(folded.charAt(at));
		}

	}

	/** Returns the form of copy with these facts. */
	static CopyForm of(CopyFacts facts, Locale locale) {
		Set<String> known = new HashSet<>();
		Set<String> numbers = new HashSet<>();
		for (String text : facts.background().values()) {
			Matcher words = WORD.matcher(folded(text));
			while (words.find()) {
				known.add(words.group());
			}
			DIGITS.matcher(text).results().forEach((number) -> numbers.add(number.group()));
		}
		Set<String> names = new HashSet<>();
		facts.background().forEach((name, value) -> {
			if (name.endsWith(CopyFacts.NAME)) {
				names.add(value);
			}
		});
		return new CopyForm(RULES.getOrDefault(locale.getLanguage(), Objects.requireNonNull(RULES.get("en"))), names,
				known, numbers);
	}

	/** Returns what is wrong with a copy, empty when nothing is. */
	List<String> findings(GeneratedCopy copy) {
		List<String> findings = new ArrayList<>();
		for (String text : copy.texts()) {
			String plain = SLOT.matcher(text).replaceAll(" ");
			if (!PLAIN.matcher(plain).matches() || !Normalizer.isNormalized(plain, Normalizer.Form.NFC)) {
				findings.add("characters other than letters and punctuation in: " + text);
			}
			else if (ADDRESS.matcher(plain).find()) {
				findings.add("what looks like an address in: " + text);
			}
			addNames(plain, findings);
			addNumbers(plain, findings);
			addWords(plain, findings);
		}
		return findings;
	}

	/**
	 * Finds parts of names: words of several products could be put together to another
	 * one.
	 */
	private void addNames(String text, List<String> findings) {
		String rest = text;
		for (String name : this.names) {
			rest = rest.replace(name, " ");
		}
		Set<String> parts = new HashSet<>();
		this.names.forEach((name) -> WORD.matcher(name).results().forEach((word) -> parts.add(word.group())));
		Matcher words = WORD.matcher(rest);
		while (words.find()) {
			if (words.start() > 0 && Character.isUpperCase(words.group().codePointAt(0))
					&& parts.contains(words.group())) {
				findings.add("a part of the name of a product: " + words.group());
			}
		}
	}

	private void addNumbers(String text, List<String> findings) {
		DIGITS.matcher(text)
			.results()
			.filter((number) -> !this.numbers.contains(number.group()))
			.forEach((number) -> findings.add("a number without a slot: " + number.group()));
		TextTokens tokens = TextTokens.of(text);
		for (int at = 0; at < tokens.size(); at++) {
			SpelledNumbers.ReadNumber number = SpelledNumbers.read(tokens, at);
			if (number != null && number.value().intValue() > 1 && !this.known.contains(tokens.word(at))) {
				findings.add("a number without a slot: " + tokens.word(at));
			}
		}
	}

	private void addWords(String text, List<String> findings) {
		String folded = folded(text);
		Matcher words = WORD.matcher(folded);
		while (words.find()) {
			if (this.known.contains(words.group())) {
				continue;
			}
			for (WordRule rule : this.rules) {
				if (rule.fits(folded, words.start(), words.end())) {
					findings.add("a word about " + rule.kind() + " that no fact has: " + words.group());
				}
			}
		}
	}

	/** Lower case, without accents and with plain apostrophes. */
	private static String folded(String text) {
		return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
			.replaceAll("")
			.replace('’', '\'')
			.toLowerCase(Locale.ROOT);
	}

	private static Map<String, List<WordRule>> load() {
		try (InputStream in = CopyForm.class.getResourceAsStream(FILE)) {
			if (in == null) {
				throw new IllegalStateException("The resource " + FILE + " does not exist");
			}
			Map<String, Map<String, List<String>>> source = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
			Map<String, List<WordRule>> rules = new HashMap<>();
			source.forEach((language, kinds) -> {
				List<WordRule> own = new ArrayList<>();
				kinds.forEach((kind, entries) -> entries.forEach((entry) -> own.add(new WordRule(kind,
						entry.startsWith("=") ? entry.substring(1) : entry, entry.startsWith("=")))));
				rules.put(language, own);
			});
			return rules;
		}
		catch (IOException ex) {
			throw new IllegalStateException("Cannot read " + FILE, ex);
		}
	}

}
