package io.waypost.agent.pii;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises values by a pattern, a validation such as check digits, and words near the
 * value.
 *
 * @param type kind of the values
 * @param possible cheap test whether the pattern can match a text
 * @param pattern the pattern; its group 1, if there is one, is the value
 * @param genuine validates a match
 * @param score score of a match without a context word; below 0.5 it counts only where
 * the value is the whole text
 * @param context words near a value, in lower case, that raise the score
 */
record PatternRecognizer(PersonalDataType type, Predicate<ScannedText> possible, Pattern pattern,
		Predicate<String> genuine, double score, Set<String> context) implements PersonalDataRecognizer {

	private static final double WITH_CONTEXT = 0.35;

	/** Below this score a value needs a context word. */
	static final double LIKELY = 0.5;

	@Override
	public void find(ScannedText text, List<PersonalDataEntity> found) {
		if (!this.possible.test(text)) {
			return;
		}
		Matcher matcher = this.pattern.matcher(text.text());
		int group = (matcher.groupCount() > 0) ? 1 : 0;
		while (matcher.find()) {
			if (matcher.start(group) >= 0 && this.genuine.test(matcher.group(group))) {
				double certainty = certainty(text, matcher.start(group), matcher.end(group));
				if (certainty > 0) {
					found.add(new PersonalDataEntity(this.type, matcher.start(group), matcher.end(group), certainty));
				}
			}
		}
	}

	private double certainty(ScannedText text, int start, int end) {
		if (!this.context.isEmpty() && text.hasContext(start, end, this.context)) {
			return Math.min(1, Math.max(this.score, 0.5) + WITH_CONTEXT);
		}
		return (this.score >= LIKELY || text.isField()) ? this.score : 0;
	}

}
