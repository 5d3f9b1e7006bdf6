package io.waypost.agent.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.waypost.agent.evaluate.DraftScores.ScorePart;
import org.jspecify.annotations.Nullable;

/**
 * Scores the form of the body: capitals and marks, encoding, ends, repetition, length of
 * sentences.
 */
final class FormScorer {

	/** UTF-8 read as Latin-1, replacement characters, tags, entities and escapes. */
	private static final Pattern BROKEN = Pattern.compile("[ÃÂ][\\u0080-\\u00BF€™œž‚ƒ„…†‡ˆ‰Š‹Œ]|â€|ï¿½|\\uFFFD"
			+ "|</?\\p{Alpha}[^>\\s]*(?:\\s[^>]*)?>|&#?\\p{Alnum}{2,8};|\\\\u\\p{XDigit}{4}|\\\\[nrt]\\b|=\\p{XDigit}{2}=\\p{XDigit}{2}"
			+ "|%\\p{XDigit}{2}%\\p{XDigit}{2}|\\?\\?\\p{Lower}|\\p{Lower}\\?\\p{Lower}|[\\u0080-\\u009F]");

	private static final Pattern LOUD = Pattern.compile("[!?]{2,}|[!?]\\s*[!?]|[$€£]{2,}");

	private static final Pattern EMOJI = Pattern.compile("(?![0-9#*©®™])\\p{IsEmoji}");

	/** Similarity from which a sentence says what another one has said. */
	private static final double SAME_MEANING = 0.86;

	private static final int LONGEST_SIGNATURE = 7;

	private static final int LONGEST_SENTENCE = 45;

	List<ScorePart> parts(CopyText copy, @Nullable CopyTopic meaning) {
		List<CopySentence> body = copy.body();
		return List.of(capitals(body, copy), marks(body), encoding(copy), ending(copy, body),
				repetition(body, copy, meaning), longestSentence(body));
	}

	private static ScorePart capitals(List<CopySentence> body, CopyText copy) {
		int words = 0;
		int capitals = 0;
		int run = 0;
		int longest = 0;
		for (CopySentence sentence : body) {
			for (String token : sentence.tokens()) {
				if (token.length() >= 2 && Character.isLetter(token.charAt(0))) {
					words++;
					boolean capital = token.equals(token.toUpperCase(Locale.ROOT))
							&& !copy.names().contains(token.toLowerCase(Locale.ROOT));
					capitals += capital ? 1 : 0;
					run = capital ? run + 1 : 0;
					longest = Math.max(longest, run);
				}
			}
		}
		double share = (words > 0) ? (double) capitals / words : 0;
		double value = (longest >= 3) ? 0.4 : 1 - Math.max(0, share - 0.08) * 4;
		return ScorePart.limiting("quality", "capitals", value,
				"%d of %d words in capitals".formatted(capitals, words));
	}

	private static ScorePart marks(List<CopySentence> body) {
		String text = text(body);
		long exclamations = text.chars().filter((letter) -> letter == '!').count();
		long emoji = EMOJI.matcher(text).results().count();
		boolean loud = LOUD.matcher(text).find();
		double value = 1 - 0.15 * Math.max(0, exclamations - 1) - 0.2 * Math.max(0, emoji - 1) - (loud ? 0.45 : 0);
		return ScorePart.limiting("quality", "punctuation", value,
				"%d exclamation marks, %d emoji%s".formatted(exclamations, emoji, loud ? ", marks in a row" : ""));
	}

	private static ScorePart encoding(CopyText copy) {
		Matcher broken = BROKEN
			.matcher(copy.subject().text() + '\n' + copy.preheader().text() + '\n' + text(copy.body()));
		boolean found = broken.find();
		return ScorePart.limiting("quality", "encoding", found ? 0.2 : 1,
				found ? "broken characters or markup: " + broken.group() : "no broken characters, no markup");
	}

	/**
	 * The last sentence must end, and a sentence begins with a capital, except after a
	 * greeting.
	 */
	private static ScorePart ending(CopyText copy, List<CopySentence> body) {
		if (body.isEmpty()) {
			return ScorePart.limiting("quality", "sentence_ends", 0.3, "no text");
		}
		CopySentence last = body.getLast();
		if ((last.words() > 3 || !last.startsLine()) && !last.complete() && !isSignature(copy)) {
			return ScorePart.limiting("quality", "sentence_ends", 0.3, "the text breaks off: \"" + last.text() + '"');
		}
		List<String> small = new ArrayList<>();
		for (int at = 1; at < body.size(); at++) {
			String text = body.get(at).text();
			boolean afterGreeting = at == 1 && body.getFirst().words() <= 4;
			if (!afterGreeting && Character.isLowerCase(text.charAt(0)) && body.get(at - 1).complete()) {
				small.add(text);
			}
		}
		return ScorePart.limiting("quality", "sentence_ends", (small.isEmpty()) ? 1 : 0.65 - 0.1 * small.size(),
				small.isEmpty() ? "sentences begin with a capital and end"
						: "begins small: \"" + small.getFirst() + '"');
	}

	/** A last paragraph of a few words with a capital, as below a letter. */
	private static boolean isSignature(CopyText copy) {
		List<CopySentence> last = copy.paragraphs().getLast();
		return copy.paragraphs().size() > 1 && last.size() == 1 && last.getFirst().words() <= LONGEST_SIGNATURE
				&& Character.isUpperCase(last.getFirst().text().charAt(0));
	}

	/** Sentences, neighbouring words and content words that occur too often. */
	private static ScorePart repetition(List<CopySentence> body, CopyText copy, @Nullable CopyTopic meaning) {
		Set<List<String>> seen = new HashSet<>();
		Map<String, Integer> counts = new HashMap<>();
		List<String> repeated = new ArrayList<>();
		int words = 0;
		for (CopySentence sentence : body) {
			if (sentence.words() >= 3 && !seen.add(sentence.lower())) {
				repeated.add('"' + sentence.text() + '"');
			}
			for (int at = 0; at < sentence.lower().size(); at++) {
				String word = sentence.lower().get(at);
				words++;
				if (at > 0 && word.equals(sentence.lower().get(at - 1)) && Character.isLetter(word.charAt(0))
						&& !mayDouble(word) && !(at > 1 && sentence.lower().get(at - 2).endsWith("'"))
						&& !sentence.text().contains("-" + word + " " + word)) {
					repeated.add(word + ' ' + word);
				}
				if (TopicScorer.isContent(word, copy.language())) {
					counts.merge(TopicScorer.stem(word), 1, Integer::sum);
				}
			}
		}
		if (repeated.isEmpty() && meaning != null) {
			repeated.addAll(meaning.paraphrases(SAME_MEANING));
		}
		int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
		double density = (most >= 5) ? (double) most / words : 0;
		double value = 1 - 0.4 * repeated.size() - Math.max(0, density - 0.07) * 6;
		return ScorePart.limiting("quality", "repetition", value,
				repeated.isEmpty() ? "one word makes up at most %.0f %% of the text".formatted(density * 100)
						: "repeated: " + repeated.getFirst());
	}

	/** Words that may follow themselves: that that, had had, die die, nous nous. */
	private static boolean mayDouble(String word) {
		return Set.of("that", "had", "die", "der", "das", "nous", "vous", "sie").contains(word);
	}

	private static ScorePart longestSentence(List<CopySentence> body) {
		int longest = body.stream().mapToInt(CopySentence::words).max().orElse(0);
		return ScorePart.limiting("quality", "longest_sentence",
				1 - 0.3 * Math.max(0, longest - 25) / (LONGEST_SENTENCE - 25.0),
				"%d words; more than %d are too many".formatted(longest, LONGEST_SENTENCE));
	}

	private static String text(List<CopySentence> body) {
		StringBuilder text = new StringBuilder();
		body.forEach((sentence) -> text.append(sentence.text()).append(' '));
		return text.toString();
	}

}
