package io.waypost.agent.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import io.waypost.agent.evaluate.DraftScores.ScorePart;

/**
 * Scores subject, preheader and button: deception, repeated names, what the button says.
 */
final class SubjectScorer {

	private static final Pattern FAKE_REPLY = Pattern.compile("(?i)^\\s*(re|fwd?|aw|wg|tr|ref)\\s*:.*");

	List<ScorePart> parts(CopyText copy) {
		CopyPhrases phrases = CopyPhrases.of(copy.language());
		return List.of(honesty(copy, phrases), repeatedName(copy), preheader(copy), button(copy, phrases));
	}

	private static ScorePart honesty(CopyText copy, CopyPhrases phrases) {
		List<String> found = new ArrayList<>(phrases.find("clickbait", copy.subject().lower()));
		found.removeIf((phrase) -> phrase.length() <= 2);
		List<String> carried = body(copy);
		// A word that the body repeats is no deception: "your account" in a mail about it
		found.removeIf((phrase) -> !phrase.contains(" ") && carried.contains(phrase));
		if (FAKE_REPLY.matcher(copy.subject().text()).matches()) {
			found.add("pretends to be a reply");
		}
		return ScorePart.limiting("quality", "subject_honesty", 1 - 0.6 * found.size(),
				found.isEmpty() ? "no sign of clickbait" : "clickbait: " + String.join(", ", found));
	}

	private static List<String> body(CopyText copy) {
		List<String> words = new ArrayList<>();
		copy.body().forEach((sentence) -> words.addAll(sentence.lower()));
		return words;
	}

	/** A name of one or more words with capitals that occurs twice in the subject. */
	private static ScorePart repeatedName(CopyText copy) {
		List<String> tokens = copy.subject().tokens();
		Set<String> seen = new HashSet<>();
		for (int at = 0; at < tokens.size(); at++) {
			String token = tokens.get(at);
			String lower = token.toLowerCase(Locale.ROOT).replaceAll("'s$", "");
			boolean named = !copy.language().equals("de") || !CopyLexicon.contains(lower, "de");
			if (lower.length() > 2 && named && Character.isUpperCase(token.charAt(0)) && !seen.add(lower)) {
				return ScorePart.limiting("quality", "subject_repetition", 0.4, "names " + token + " twice");
			}
		}
		return ScorePart.limiting("quality", "subject_repetition", 1, "names nothing twice");
	}

	private static ScorePart preheader(CopyText copy) {
		Set<String> own = stems(copy.preheader(), copy);
		copy.names().forEach((name) -> own.remove(TopicScorer.stem(name)));
		Set<String> words = new HashSet<>(copy.preheader().lower());
		Set<String> subject = new HashSet<>(copy.subject().lower());
		boolean same = !words.isEmpty() && subject.containsAll(words);
		Set<String> added = new HashSet<>(own);
		added.removeAll(stems(copy.subject(), copy));
		double value = (own.size() >= 3 && added.isEmpty()) ? 0.6 : 1;
		if (words.isEmpty() || same) {
			value = 0.4;
		}
		return ScorePart.limiting("quality", "preheader", value,
				words.isEmpty() ? "no preheader" : (value < 1) ? "says what the subject says" : "adds to the subject");
	}

	/** The button says what follows, in terms of the message. */
	private static ScorePart button(CopyText copy, CopyPhrases phrases) {
		List<String> words = copy.button().lower();
		if (words.isEmpty()) {
			return ScorePart.limiting("quality", "button", 0.8, "no button");
		}
		List<String> other = new ArrayList<>(phrases.find("button_other", words));
		Set<String> message = new HashSet<>();
		copy.body().forEach((sentence) -> message.addAll(stems(sentence, copy)));
		message.addAll(stems(copy.subject(), copy));
		message.addAll(stems(copy.preheader(), copy));
		other.removeIf((word) -> message.contains(TopicScorer.stem(word)));
		int empty = phrases.find("button_empty", words)
			.stream()
			.flatMap((phrase) -> Arrays.stream(phrase.split(" ", -1)))
			.filter((word) -> word.length() > 2)
			.toList()
			.size();
		boolean says = empty < words.stream().filter((word) -> word.length() > 2).count();
		double value = !other.isEmpty() ? 0.3 : says ? 1 : 0.5;
		return ScorePart.limiting("quality", "button", value, (value == 1) ? "says what follows"
				: (value == 0.5) ? "says nothing: " + copy.button().text() : "unrelated: " + other.getFirst());
	}

	private static Set<String> stems(CopySentence sentence, CopyText copy) {
		return TopicScorer.stems(sentence, copy.language());
	}

}
