package io.waypost.agent.evaluate;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.waypost.agent.evaluate.DraftScores.ScorePart;
import org.jspecify.annotations.Nullable;

/**
 * Scores whether subject, preheader, body and the products of the plan speak of the same
 * things: by equal words, whose first letters are the same, and by their meaning, see
 * {@link CopyTopic}.
 */
final class TopicScorer {

	private static final int STEM = 5;

	/**
	 * Values of similarity were calibrated on e-mails of two authors; see
	 * docs/quality.md.
	 */
	private static final double ON_TOPIC = 0.22;

	/** From here a body is about orders, deliveries or the e-mails themselves. */
	private static final double ON_SERVICE = 0.3;

	/** How much a word shared with subject or preheader, and with the plan, adds. */
	private static final double SHARED_WORD = 0.05;

	private static final double SHARED_NAME = 0.1;

	private static final double MOST_SHARED = 0.25;

	/** Similarities from which a subject fits a body that repeats none of its words. */
	private static final Map<String, Double> SUBJECT_FITS = Map.of("en", 0.2, "de", 0.05, "fr", 0.0);

	private static final double PARAGRAPH_FITS = 0.3;

	/** Log-odds of another topic, less three times the similarity, of a paragraph. */
	private static final double OTHER_TOPIC = -1.5;

	private static final double TOPIC_COST = 3;

	private static final int LEAST_PARAGRAPH = 7;

	/** A sentence with one of them states nothing that can be denied. */
	private static final Set<String> CONDITIONS = Set.of("if", "whether", "ob", "wenn", "falls", "si", "s'");

	private static final List<String> OCCASIONS = List.of("goal:welcome", "goal:cart");

	List<ScorePart> parts(CopyText copy, @Nullable CopyTopic topic) {
		Set<String> frame = stems(copy.subject(), copy.language());
		frame.addAll(stems(copy.preheader(), copy.language()));
		Set<String> plan = new HashSet<>();
		Stream.concat(copy.names().stream(), copy.facts().stream())
			.filter((name) -> isContent(name, copy.language()))
			.map(TopicScorer::stem)
			.forEach(plan::add);
		Set<String> body = new HashSet<>();
		copy.body().forEach((sentence) -> body.addAll(stems(sentence, copy.language())));
		return List.of(subjectMatch(copy, topic, frame, body, plan), bodyTopic(topic, frame, body, plan),
				specifics(copy), paragraphs(copy, topic, frame, plan), contradiction(copy));
	}

	/** 0.6 at the lowest similarity of copy that is on the topic. */
	private static ScorePart bodyTopic(@Nullable CopyTopic topic, Set<String> frame, Set<String> body,
			Set<String> plan) {
		if (topic == null || body.size() < LEAST_PARAGRAPH) {
			return ScorePart.limiting("relevance", "body_topic", 1, "too little text to compare");
		}
		double similarity = topic.body();
		double shared = Math.min(MOST_SHARED,
				SHARED_WORD * shared(body, frame).size() + SHARED_NAME * shared(body, plan).size());
		double value = 0.6 + similarity + shared - ON_TOPIC;
		return ScorePart.limiting("relevance", "body_topic",
				(topic.service() >= ON_SERVICE) ? Math.max(0.62, value) : value,
				"body is %.2f similar to subject, products and facts; shared words add %.2f".formatted(similarity,
						shared));
	}

	private static ScorePart subjectMatch(CopyText copy, @Nullable CopyTopic topic, Set<String> frame, Set<String> body,
			Set<String> plan) {
		Set<String> shared = shared(frame, body);
		shared.addAll(shared(frame, plan));
		if (!shared.isEmpty()) {
			return ScorePart.limiting("relevance", "subject_match", 0.7 + 0.1 * shared.size(),
					"subject or preheader and body share " + shared.size() + " words");
		}
		// One or two content words are too few to tell, and a welcome needs no common
		// word
		boolean open = frame.size() <= 2 || sharesOccasion(copy);
		double similarity = (topic != null) ? topic.subject() : 0;
		if (topic != null && similarity >= SUBJECT_FITS.getOrDefault(copy.language(), 1.0)) {
			return ScorePart.limiting("relevance", "subject_match", 0.65,
					"subject and preheader are %.2f similar to the body".formatted(similarity));
		}
		return ScorePart.limiting("relevance", "subject_match", open ? 0.62 : 0.4,
				"the body does not take up the subject or preheader");
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
	 * A paragraph that neither addresses the reader nor shares words with the rest, is
	 * not similar to it, and is about something unusual for a shop.
	 */
	private static ScorePart paragraphs(CopyText copy, @Nullable CopyTopic topic, Set<String> frame, Set<String> plan) {
		int count = (copy.paragraphs().size() > 1) ? copy.paragraphs().size() : 0;
		for (int at = 0; topic != null && at < count; at++) {
			List<CopySentence> paragraph = copy.paragraphs().get(at);
			Set<String> own = new HashSet<>();
			paragraph.forEach((sentence) -> own.addAll(stems(sentence, copy.language())));
			if (own.size() >= LEAST_PARAGRAPH && shared(own, rest(copy, at, frame, plan)).size() * 5 <= own.size()
					&& shared(own, plan).isEmpty()
					&& paragraph.stream().noneMatch((sentence) -> addresses(sentence, copy.language()))
					&& isElsewhere(topic, at)) {
				return ScorePart.limiting("relevance", "paragraph_topic", 0.3,
						"off topic: \"" + paragraph.getFirst().text() + '"');
			}
		}
		return ScorePart.limiting("relevance", "paragraph_topic", 1, "every paragraph is on the topic");
	}

	private static boolean isElsewhere(CopyTopic topic, int paragraph) {
		double similarity = topic.paragraph(paragraph);
		return similarity < PARAGRAPH_FITS && topic.other(paragraph) - TOPIC_COST * similarity > OTHER_TOPIC;
	}

	private static Set<String> rest(CopyText copy, int paragraph, Set<String> frame, Set<String> plan) {
		Set<String> rest = new HashSet<>(frame);
		rest.addAll(plan);
		rest.addAll(stems(copy.button(), copy.language()));
		for (int at = 0; at < copy.paragraphs().size(); at++) {
			if (at != paragraph) {
				copy.paragraphs().get(at).forEach((sentence) -> rest.addAll(stems(sentence, copy.language())));
			}
		}
		return rest;
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
		if (least > 1) {
			copy.names().forEach((name) -> own.remove(stem(name)));
		}
		if (least == 1 && !shared(own, stems(copy.subject(), copy.language())).isEmpty()) {
			return copy.subject().text();
		}
		for (CopySentence other : body) {
			if (other != sentence && other.lower().stream().noneMatch(CONDITIONS::contains)
					&& shared(own, stems(other, copy.language())).size() >= least) {
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
