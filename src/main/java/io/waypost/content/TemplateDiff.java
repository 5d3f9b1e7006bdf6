package io.waypost.content;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.waypost.content.template.TextDiff;
import org.jspecify.annotations.Nullable;

/**
 * The difference between two versions of a template.
 *
 * @param key key of the template
 * @param from number of the older version
 * @param to number of the newer version
 * @param fields every field that at least one version has, in the order of the message
 */
public record TemplateDiff(String key, int from, int to, List<FieldChange> fields) {

	public TemplateDiff {
		fields = List.copyOf(fields);
	}

	static TemplateDiff of(Template from, Template to) {
		Map<String, @Nullable String> older = fields(from);
		List<FieldChange> fields = fields(to).entrySet()
			.stream()
			.map((field) -> field(field.getKey(), older.get(field.getKey()), field.getValue()))
			.filter((field) -> !field.passages().isEmpty())
			.toList();
		return new TemplateDiff(to.key(), from.version(), to.version(), fields);
	}

	/**
	 * Whether the versions have the same content.
	 * @return true when no field changed
	 */
	public boolean isEmpty() {
		return this.fields.stream().noneMatch(FieldChange::changed);
	}

	private static Map<String, @Nullable String> fields(Template template) {
		Map<String, @Nullable String> fields = new LinkedHashMap<>();
		fields.put("topic", template.topic());
		fields.put("locale", template.locale());
		fields.put("subject", template.subject());
		fields.put("preheader", template.preheader());
		fields.put("headline", template.headline());
		fields.put("body", template.body());
		fields.put("callToAction", template.callToAction());
		return fields;
	}

	private static FieldChange field(String name, @Nullable String from, @Nullable String to) {
		List<DiffPassage> passages = TextDiff.of((from != null) ? from : "", (to != null) ? to : "");
		return new FieldChange(name, passages.stream().anyMatch((passage) -> passage.change() != ChangeType.SAME),
				passages);
	}

	/** How a passage changed. */
	public enum ChangeType {

		/** It is in both versions. */
		SAME,

		/** Only the older version has it. */
		REMOVED,

		/** Only the newer version has it. */
		ADDED

	}

	/**
	 * A field of the template. Fields that both versions leave to the executor are
	 * omitted.
	 *
	 * @param name field name in the API
	 * @param changed whether the field differs
	 * @param passages consecutive passages of both texts
	 */
	public record FieldChange(String name, boolean changed, List<DiffPassage> passages) {

		public FieldChange {
			passages = List.copyOf(passages);
		}

	}

	/**
	 * A passage of consecutive words with the same change.
	 *
	 * @param change how the passage changed
	 * @param text the passage with its trailing white space
	 */
	public record DiffPassage(ChangeType change, String text) {

	}

}
