package io.waypost.agent.evaluate;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.waypost.agent.evaluate.DraftScores.ScorePart;
import org.jspecify.annotations.Nullable;

/**
 * Scores whether subject, preheader, body and the products of the plan speak of the same
 * things. Two words are the same when their first letters are.
 */
final class TopicScorer {

	private static final int STEM = 5;

	private static final List<String> OCCASIONS = List.of("goal:welcome", "goal:cart");

	List<ScorePart> parts(CopyText copy) {
		Set<String> frame = stems(copy.subject(), copy.language());
		frame.addAll(stems(copy.preheader(), copy.language()));
		Set<String> plan = new HashSet<>();
		Stream.concat(copy.names().stream(), copy.facts().stream())
			.filter((name) -> isContent(name, copy.language()))
			.map(TopicScorer::stem)
			.forEach(plan::add);
		Set<String> body = new HashSet<>();
		copy.body().forEach((sentence) -> body.addAll(stems(sentence, copy.language())));
		return List.of(subjectMatch(copy, frame, body, plan), specifics(copy), paragraphs(copy, frame, plan),
				contradiction(copy));
	}

	private static ScorePart subjectMatch(CopyText copy, Set<String> frame, Set<String> body, Set<String> plan) {
		Set<String> shared = shared(frame, body);
		shared.addAll(shared(frame, plan));
		// One or two content words are too few to tell, and a welcome needs no common
		// word
		boolean open = frame.size() <= 2 || sharesOccasion(copy);
		double value = shared.isEmpty() ? (open ? 0.62 : 0.4) : 0.7 + 0.1 * shared.size();
		return ScorePart.limiting("relevance", "subject_match", value,
				shared.isEmpty() ? "the body does not take up the subject or preheader"
						: "subject or preheader and body share " + shared.size() + " words");
	}

	/** Whether both subject and body welcome the reader, or speak of the cart. */
	private static boolean sharesOccasion(CopyText copy) {
		CopyPhrases phrases = CopyPhrases.of(copy.language());
		return OCCASIONS.stream()
			.anyMatch((group) -> !phrases.find(group, copy.subject().lower()).isEmpty()
					&& copy.body().stream().anyMatch((sentence) -> !phrases.find(group, sentence.lower()).isEmpty()));
	}

	/** Content words that are not stock phrases. */
	private static ScorePart specifics(CopyText copy) {
		CopyPhrases phrases = CopyPhrases.of(copy.language());
		int generic = 0;
		int content = 0;
		for (CopySentence sentence : copy.body()) {
			for (String phrase : phrases.find("generic", sentence.lower())) {
				for (String word : phrase.split(" ", -1)) {
					generic += isContent(word, copy.language()) ? 1 : 0;
				}
			}
			content += (int) sentence.lower().stream().filter((word) -> isContent(word, copy.language())).count();
		}
		int specific = content - generic;
		double share = (double) specific / Math.max(1, content);
		double value = (specific < 6) ? 0.3 + 0.05 * specific : 0.35 + share * 0.65;
		boolean named = copy.showsProducts() || copy.body()
			.stream()
			.anyMatch((sentence) -> sentence.lower().stream().anyMatch(copy.names()::contains));
		value = named ? Math.max(value, 0.62) : value;
		return ScorePart.limiting("relevance", "specifics", value,
				"%d of %d content words are not stock phrases".formatted(specific, content));
	}

	/**
	 * A paragraph of its own, which neither addresses the reader nor shares a word with
	 * the rest.
	 */
	private static ScorePart paragraphs(CopyText copy, Set<String> frame, Set<String> plan) {
		List<List<CopySentence>> paragraphs = copy.paragraphs();
		for (int at = 0; at < paragraphs.size() && paragraphs.size() > 1; at++) {
			Set<String> rest = new HashSet<>(frame);
			rest.addAll(plan);
			rest.addAll(stems(copy.button(), copy.language()));
			Set<String> own = new HashSet<>();
			boolean addresses = false;
			for (int other = 0; other < paragraphs.size(); other++) {
				for (CopySentence sentence : paragraphs.get(other)) {
					(other == at ? own : rest).addAll(stems(sentence, copy.language()));
					addresses |= other == at && addresses(sentence, copy.language());
				}
			}
			if (own.size() >= ((paragraphs.get(at).size() > 1) ? 5 : 8) && !addresses
					&& shared(own, rest).size() <= own.size() / 9) {
				return ScorePart.limiting("relevance", "paragraph_topic", 0.3,
						"off topic: \"" + paragraphs.get(at).getFirst().text() + '"');
			}
		}
		return ScorePart.limiting("relevance", "paragraph_topic", 1, "every paragraph is on the topic");
	}

	private static boolean addresses(CopySentence sentence, String language) {
		return !CopyPhrases.of(language).find("speaker", sentence.lower()).isEmpty();
	}

	/**
	 * A negation of what another sentence says: it shares two content words with it, or
	 * it withdraws the offer or the product of the subject.
	 */
	private static ScorePart contradiction(CopyText copy) {
		CopyPhrases phrases = CopyPhrases.of(copy.language());
		List<CopySentence> body = copy.sentences(4);
		for (CopySentence sentence : body) {
			boolean withdraws = !phrases.find("withdrawal", sentence.lower()).isEmpty();
			String other = (withdraws || !phrases.find("denial", sentence.lower()).isEmpty())
					? denied(sentence, body, copy, withdraws ? 1 : 2) : null;
			if (other != null) {
				return ScorePart.limiting("quality", "consistency", 0.5,
						"\"%s\" against \"%s\"".formatted(sentence.text(), other));
			}
		}
		return ScorePart.limiting("quality", "consistency", 1, "no sentence denies another");
	}

	private static @Nullable String denied(CopySentence sentence, List<CopySentence> body, CopyText copy, int least) {
		Set<String> own = stems(sentence, copy.language());
		if (least == 1 && !shared(own, stems(copy.subject(), copy.language())).isEmpty()) {
			return copy.subject().text();
		}
		for (CopySentence other : body) {
			if (other != sentence && shared(own, stems(other, copy.language())).size() >= least) {
				return other.text();
			}
		}
		return null;
	}

	static Set<String> shared(Set<String> left, Set<String> right) {
		Set<String> shared = new HashSet<>(left);
		shared.retainAll(right);
		return shared;
	}

	static Set<String> stems(CopySentence sentence, String language) {
		Set<String> stems = new HashSet<>();
		for (String word : sentence.lower()) {
			if (isContent(word, language)) {
				stems.add(stem(word));
			}
		}
		return stems;
	}

	static boolean isContent(String lower, String language) {
		return (lower.length() > 2 || Character.isDigit(lower.charAt(0))) && Character.isLetterOrDigit(lower.charAt(0))
				&& !CopyPhrases.of(language).isIn("function", lower);
	}

	static String stem(String lower) {
		String stem = lower.endsWith("'s") ? lower.substring(0, lower.length() - 2) : lower;
		if (stem.length() > STEM) {
			return stem.substring(0, STEM);
		}
		boolean ending = stem.length() > 3 && (stem.endsWith("s") || stem.endsWith("e"));
		return ending ? stem.substring(0, stem.length() - 1) : stem;
	}

}
