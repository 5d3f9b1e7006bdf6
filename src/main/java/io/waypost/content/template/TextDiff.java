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

/** Compares texts word by word; a Liquid tag counts as one word. */
public final class TextDiff {

	/** A word takes the white space behind it along, but is compared without. */
	private static final Pattern WORD = Pattern.compile("(?:\\{\\{.*?}}|\\{%.*?%}|(?:(?!\\{[{%])\\S)+|\\{)\\s*|\\s+",
			Pattern.DOTALL);

	private TextDiff() {
	}

	/**
	 * Compares two texts. The algorithm in linear space takes two long texts that have
	 * nothing in common without filling the heap.
	 * @param from the older one
	 * @param to the newer one
	 * @return passages that together say both texts, neighbours always of different kinds
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

	/** Between two passages that stayed, what went stands before what came. */
	private static final class Passages {

		private final List<DiffPassage> passages = new ArrayList<>();

		private final StringBuilder removed = new StringBuilder();

		private final StringBuilder added = new StringBuilder();

		/** The last word of a text has no space behind it; the older one may have. */
		void same(List<String> before, List<String> after) {
			if (!after.isEmpty()) {
				settle();
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
			settle();
			return List.copyOf(this.passages);
		}

		private void settle() {
			settle(ChangeType.REMOVED, this.removed);
			settle(ChangeType.ADDED, this.added);
		}

		private void settle(ChangeType change, StringBuilder words) {
			if (!words.isEmpty()) {
				this.passages.add(new DiffPassage(change, words.toString()));
				words.setLength(0);
			}
		}

	}

}
