package io.waypost.content;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises product names in texts. Costs one map look-up per word of the text, whatever
 * the number of products.
 */
public final class ProductNames {

	private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

	/** From this number of words on, a name in small letters is still a name. */
	private static final int UNMISTAKABLE = 3;

	/** Names by their first word, longest first. */
	private final Map<String, List<Name>> byFirstWord = new HashMap<>();

	/**
	 * Indexes names.
	 * @param names display names of products
	 */
	public ProductNames(Collection<String> names) {
		for (String name : names) {
			List<String> words = words(name).stream().map(Word::folded).toList();
			if (isDistinctive(words)) {
				this.byFirstWord.computeIfAbsent(words.getFirst(), (first) -> new ArrayList<>())
					.add(new Name(name, words));
			}
		}
		this.byFirstWord.values()
			.forEach((sameFirstWord) -> sameFirstWord
				.sort((a, b) -> Integer.compare(b.words().size(), a.words().size())));
	}

	/**
	 * Finds the product names that a text mentions. Where one name contains another, only
	 * the longer one is returned.
	 * @param text any text
	 * @return the names, as the catalogue spells them
	 */
	public Set<String> in(String text) {
		Set<String> found = new LinkedHashSet<>();
		List<Word> words = words(text);
		int at = 0;
		while (at < words.size()) {
			int length = 1;
			for (Name name : this.byFirstWord.getOrDefault(words.get(at).folded(), List.of())) {
				if (startsAt(words, at, name)) {
					found.add(name.spelling());
					length = name.words().size();
					break;
				}
			}
			at += length;
		}
		return found;
	}

	/** A single word of up to 7 letters is usually an ordinary word, not a product. */
	private static boolean isDistinctive(List<String> words) {
		return words.size() > 1 || (words.size() == 1 && words.getFirst().length() > 7);
	}

	/**
	 * The case of the first letter of a short name must match as well: "blue mug" in a
	 * sentence is not the product "Blue Mug".
	 */
	private static boolean startsAt(List<Word> text, int at, Name name) {
		if (at + name.words().size() > text.size()) {
			return false;
		}
		for (int i = 0; i < name.words().size(); i++) {
			if (!text.get(at + i).folded().equals(name.words().get(i))) {
				return false;
			}
		}
		return name.words().size() >= UNMISTAKABLE || Character.isUpperCase(text.get(at).spelled().charAt(0))
				|| !Character.isUpperCase(name.spelling().charAt(0));
	}

	private static List<Word> words(String text) {
		List<Word> words = new ArrayList<>();
		Matcher matcher = WORD.matcher(text);
		while (matcher.find()) {
			words.add(new Word(matcher.group(), matcher.group().toLowerCase(Locale.ROOT)));
		}
		return words;
	}

	private record Word(String spelled, String folded) {

	}

	private record Name(String spelling, List<String> words) {

	}

}
