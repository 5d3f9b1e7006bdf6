package io.waypost.content.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import com.github.difflib.DiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.AbstractDelta;
import io.waypost.content.TemplateDiff.ChangeType;
import io.waypost.content.TemplateDiff.DiffPassage;

/** Compares texts word by word. A Liquid tag counts as one word. */
public final class TextDiff {

	/** A word with its trailing white space, which is ignored when words are compared. */
	private static final Pattern WORD = Pattern.compile("(?:\\{\\{.*?}}|\\{%.*?%}|(?:(?!\\{[{%])\\S)+|\\{)\\s*|\\s+",
			Pattern.DOTALL);

	private TextDiff() {
	}

	/**
	 * Compares two texts with Myers' algorithm in linear space, which can compare two
	 * long texts without common words within the heap.
	 * @param from the older text
	 * @param to the newer text
	 * @return consecutive passages of both texts; neighbours differ in their change type
	 */
	public static List<DiffPassage> of(String from, String to) {
		List<String> before = words(from);
		List<String> after = words(to);
		Passages passages = new Passages();
		int old = 0;
		int next = 0;
		for (AbstractDelta<String> delta : DiffUtils
			.diff(before, after, new MyersDiffWithLinearSpace<>(TextDiff::isSame))
			.getDeltas()) {
			int start = delta.getTarget().getPosition();
			passages.same(before.subList(old, delta.getSource().getPosition()), after.subList(next, start));
			passages.changed(delta.getSource().getLines(), delta.getTarget().getLines());
			old = delta.getSource().getPosition() + delta.getSource().size();
			next = start + delta.getTarget().size();
		}
		passages.same(before.subList(old, before.size()), after.subList(next, after.size()));
		return passages.list();
	}

	private static List<String> words(String text) {
		return WORD.matcher(text).results().map(MatchResult::group).toList();
	}

	private static boolean isSame(String one, String other) {
		return one.strip().equals(other.strip());
	}

	/** Collects passages; between two unchanged ones, removals come before additions. */
	private static final class Passages {

		private final List<DiffPassage> passages = new ArrayList<>();

		private final StringBuilder removed = new StringBuilder();

		private final StringBuilder added = new StringBuilder();

		/**
		 * The last word of the newer text may lack the trailing space of the older one.
		 */
		void same(List<String> before, List<String> after) {
			if (!after.isEmpty()) {
				flush();
				String space = before.getLast().startsWith(after.getLast())
						? before.getLast().substring(after.getLast().length()) : "";
				this.passages.add(new DiffPassage(ChangeType.SAME, String.join("", after) + space));
			}
		}

		void changed(List<String> before, List<String> after) {
			before.forEach(this.removed::append);
			after.forEach(this.added::append);
		}

		List<DiffPassage> list() {
			flush();
			return List.copyOf(this.passages);
		}

		private void flush() {
			flush(ChangeType.REMOVED, this.removed);
			flush(ChangeType.ADDED, this.added);
		}

		private void flush(ChangeType change, StringBuilder text) {
			if (!text.isEmpty()) {
				this.passages.add(new DiffPassage(change, text.toString()));
				text.setLength(0);
			}
		}

	}

}
