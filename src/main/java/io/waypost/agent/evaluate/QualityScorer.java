package io.waypost.agent.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.waypost.agent.evaluate.DraftScores.ScorePart;
import io.waypost.content.EmailDraft;

/** Scores the editorial quality of a draft. Names of products and shop are ignored. */
final class QualityScorer {

	private static final Pattern UPPER_CASE_WORD = Pattern.compile("\\b\\p{Lu}{3,}\\b");

	private static final Pattern EXCESSIVE_PUNCTUATION = Pattern.compile("[!?]{2,}|!.*!");

	private static final Pattern EMOJI = Pattern.compile("\\p{IsExtended_Pictographic}");

	private static final Pattern FAKE_REPLY = Pattern.compile("(?i)^\\s*(re|fwd?|aw|wg|tr)\\s*:");

	private static final Pattern URL = Pattern.compile("https?://\\S+");

	List<ScorePart> parts(EmailDraft draft, ScoringContext aim) {
		DraftProse prose = DraftProse.of(draft, aim);
		TextStatistics counts = TextStatistics.of(prose.body(), aim.locale());
		return List.of(subjectLength(draft.subject()), subjectTone(prose.subject()), readingEase(counts, aim.locale()),
				sentenceLength(counts), oneAction(draft), completeness(draft));
	}

	/** 1 from 25 to 50 characters, 0 below 5 and above 90. */
	private static ScorePart subjectLength(String subject) {
		int length = DraftProse.fill(subject, "Anna").length();
		double value = (length < 25) ? (length - 5) / 20.0 : (length > 50) ? (90 - length) / 40.0 : 1;
		return part("subject_length", value, 0.2, length + " characters; 25 to 50 are best");
	}

	private static ScorePart subjectTone(String subject) {
		List<String> faults = new ArrayList<>();
		if (UPPER_CASE_WORD.matcher(subject).find()) {
			faults.add("words in capitals");
		}
		if (EXCESSIVE_PUNCTUATION.matcher(subject).find()) {
			faults.add("excessive punctuation");
		}
		if (EMOJI.matcher(subject).results().count() > 1) {
			faults.add("more than one emoji");
		}
		if (FAKE_REPLY.matcher(subject).find()) {
			faults.add("pretends to be a reply");
		}
		return part("subject_tone", 1 - 0.6 * faults.size(), 0.2,
				faults.isEmpty() ? "neutral" : String.join(", ", faults));
	}

	/** 1 from 50 on, 0 at 10 and below. */
	private static ScorePart readingEase(TextStatistics counts, Locale locale) {
		double ease = counts.readingEase(locale);
		return part("reading_ease", (ease - 10) / 40, 0.2, "reading ease %.0f of 100".formatted(ease));
	}

	/** 1 up to 20 words on average, 0 from 40 on. */
	private static ScorePart sentenceLength(TextStatistics counts) {
		double words = counts.wordsPerSentence();
		return part("sentence_length", (40 - words) / 20, 0.15, "%.1f words per sentence".formatted(words));
	}

	private static ScorePart oneAction(EmailDraft draft) {
		long links = draft.paragraphs().stream().mapToLong((paragraph) -> count(URL.matcher(paragraph))).sum();
		boolean shortLabel = draft.callToAction().label().length() <= 30 && !draft.callToAction().label().isBlank();
		return part("one_action", (links == 0 ? 0.6 : 0) + (shortLabel ? 0.4 : 0), 0.15, links
				+ " further links in the text; button of " + draft.callToAction().label().length() + " characters");
	}

	private static ScorePart completeness(EmailDraft draft) {
		List<String> faults = new ArrayList<>();
		if (draft.preheader().isBlank() || draft.preheader().equals(draft.subject())) {
			faults.add("the preheader adds nothing to the subject");
		}
		if (draft.headline().isBlank()) {
			faults.add("no headline");
		}
		if (draft.paragraphs().isEmpty()) {
			faults.add("no text");
		}
		return part("completeness", 1 - 0.5 * faults.size(), 0.1,
				faults.isEmpty() ? "has preheader, headline and text" : String.join(", ", faults));
	}

	private static long count(Matcher matcher) {
		return matcher.results().count();
	}

	private static ScorePart part(String name, double value, double weight, String why) {
		return ScorePart.weighted("quality", name, value, weight, why);
	}

	/**
	 * Subject and body of a draft without names of products and shop, which are facts and
	 * not written text.
	 */
	private record DraftProse(String subject, String body) {

		private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[^{}\\n]{0,200}}}");

		static DraftProse of(EmailDraft draft, ScoringContext aim) {
			StringBuilder body = new StringBuilder();
			draft.paragraphs().forEach((paragraph) -> body.append(paragraph).append("\n"));
			if (draft.closing() != null) {
				body.append(draft.closing());
			}
			return new DraftProse(without(draft.subject(), aim), without(body.toString(), aim));
		}

		private static String without(String text, ScoringContext aim) {
			String left = text;
			for (String name : aim.products()) {
				left = left.replace(name, "it");
			}
			return fill(left.replace(aim.shop(), "us"), "you");
		}

		/** Replaces each placeholder by one word. */
		static String fill(String text, String word) {
			return text.contains("{{") ? PLACEHOLDER.matcher(text).replaceAll(word) : text;
		}

	}

}
