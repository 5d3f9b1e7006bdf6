package io.waypost.content;

import java.util.List;

import io.waypost.content.template.TemplateFields;
import io.waypost.content.template.TextDiff;
import org.jspecify.annotations.Nullable;

/**
 * What tells two versions of a template apart.
 *
 * @param key its name
 * @param from number of the version that was
 * @param to number of the version that is
 * @param fields every field that at least one of the two has, in the order of the message
 */
public record TemplateDiff(String key, int from, int to, List<FieldChange> fields) {

	public TemplateDiff {
		fields = List.copyOf(fields);
	}

	static TemplateDiff of(Template from, Template to) {
		List<FieldChange> fields = TemplateFields.of(to)
			.entrySet()
			.stream()
			.map((field) -> field(field.getKey(), TemplateFields.of(from).get(field.getKey()), field.getValue()))
			.filter((field) -> !field.passages().isEmpty())
			.toList();
		return new TemplateDiff(to.key(), from.version(), to.version(), fields);
	}

	/**
	 * Whether the versions say the same.
	 * @return true when no field changed
	 */
	public boolean isEmpty() {
		return this.fields.stream().noneMatch(FieldChange::changed);
	}

	private static FieldChange field(String name, @Nullable String from, @Nullable String to) {
		List<DiffPassage> passages = TextDiff.of((from != null) ? from : "", (to != null) ? to : "");
		return new FieldChange(name, passages.stream().anyMatch((passage) -> passage.change() != ChangeType.SAME),
				passages);
	}

	/** What became of a passage. */
	public enum ChangeType {

		/** It is in both versions. */
		SAME,

		/** Only the older version has it. */
		REMOVED,

		/** Only the newer version has it. */
		ADDED

	}

	/**
	 * A field of the template. What the executor writes has no words to compare.
	 *
	 * @param name as in the API
	 * @param changed whether it differs
	 * @param passages together they say both texts
	 */
	public record FieldChange(String name, boolean changed, List<DiffPassage> passages) {

		public FieldChange {
			passages = List.copyOf(passages);
		}

	}

	/**
	 * Words that share a fate.
	 *
	 * @param change what became of them
	 * @param text the words, with the white space behind them
	 */
	public record DiffPassage(ChangeType change, String text) {

	}

}
