package io.waypost.console.segments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.waypost.access.InvalidRequest;
import io.waypost.audience.SegmentRequest;
import io.waypost.console.RequestErrors;
import io.waypost.console.templates.TemplateView;
import org.jspecify.annotations.Nullable;

/**
 * A version of a segment as its form sends it.
 *
 * @param name canonical name, in the form for a new segment
 * @param description what it means
 * @param owner who answers for it, empty for whoever sends it
 * @param definition what was typed
 */
record SegmentForm(@Nullable String name, @Nullable String description, @Nullable String owner,
		@Nullable String definition) {

	static SegmentForm empty() {
		return new SegmentForm("", "", "", "");
	}

	static SegmentForm of(SegmentView view) {
		return new SegmentForm(view.name(), view.description(), view.owner(), view.shown().definition());
	}

	/** The segment, as a program would post it. */
	SegmentRequest body() {
		return body(this.name);
	}

	/** The same of a segment that has a name. */
	SegmentRequest body(@Nullable String canonical) {
		return new SegmentRequest(orNull(canonical), orNull(this.description), orNull(this.owner),
				text().isBlank() ? null : text());
	}

	/**
	 * The definition as it was typed, but for the line ends of forms: places are counted
	 * in it.
	 */
	String text() {
		return Objects.requireNonNullElse(this.definition, "").replace("\r\n", "\n");
	}

	/** The form as it is shown, again or for the first time. */
	TemplateView.FormView shown(@Nullable InvalidRequest refusal) {
		Map<String, String> values = new LinkedHashMap<>();
		values.put("name", Objects.requireNonNullElse(this.name, ""));
		values.put("description", Objects.requireNonNullElse(this.description, ""));
		values.put("owner", Objects.requireNonNullElse(this.owner, ""));
		values.put("definition", text());
		Map<String, List<String>> problems = new LinkedHashMap<>();
		if (refusal != null) {
			RequestErrors.violations(refusal)
				.forEach((error) -> problems.computeIfAbsent(error.pointer().substring(1), (field) -> new ArrayList<>())
					.add(error.detail()));
		}
		return new TemplateView.FormView(values, problems);
	}

	private static @Nullable String orNull(@Nullable String text) {
		return (text == null || text.isBlank()) ? null : text.strip();
	}

}
