package io.waypost.console.segments;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import io.waypost.access.InvalidRequestException;
import io.waypost.audience.SegmentRequest;
import io.waypost.console.FormView;
import org.jspecify.annotations.Nullable;

/**
 * Form of a new segment version.
 *
 * @param name canonical name, for a new segment only
 * @param description description
 * @param owner owner, empty for the user
 * @param definition definition as entered
 */
record SegmentForm(@Nullable String name, @Nullable String description, @Nullable String owner,
		@Nullable String definition) {

	static SegmentForm empty() {
		return new SegmentForm("", "", "", "");
	}

	static SegmentForm of(SegmentView view) {
		return new SegmentForm(view.name(), view.description(), view.owner(), view.shown().definition());
	}

	/** Makes the request that the API takes. */
	SegmentRequest body() {
		return body(this.name);
	}

	/** Makes the request for a version of an existing segment. */
	SegmentRequest body(@Nullable String canonical) {
		return new SegmentRequest(orNull(canonical), orNull(this.description), orNull(this.owner),
				text().isBlank() ? null : text());
	}

	/**
	 * Returns the definition with LF line ends; error positions refer to it.
	 */
	String text() {
		return Objects.requireNonNullElse(this.definition, "").replace("\r\n", "\n");
	}

	/** Makes the view of the form, with the errors of a refused request. */
	FormView view(@Nullable InvalidRequestException refused) {
		Map<String, String> values = new LinkedHashMap<>();
		values.put("name", Objects.requireNonNullElse(this.name, ""));
		values.put("description", Objects.requireNonNullElse(this.description, ""));
		values.put("owner", Objects.requireNonNullElse(this.owner, ""));
		values.put("definition", text());
		return FormView.of(values, refused);
	}

	private static @Nullable String orNull(@Nullable String text) {
		return (text == null || text.isBlank()) ? null : text.strip();
	}

}
