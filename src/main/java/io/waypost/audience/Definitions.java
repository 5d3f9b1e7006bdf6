package io.waypost.audience;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.waypost.access.InvalidRequest;
import io.waypost.access.InvalidRequest.Violation;
import io.waypost.audience.language.Condition;
import io.waypost.audience.language.Position;
import io.waypost.audience.language.Reading;
import io.waypost.audience.language.SegmentLanguage;
import io.waypost.audience.language.Spelling;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Reads definitions together with what they refer to, and refuses what makes no sense.
 */
@Component
class Definitions {

	private static final String POINTER = "/definition";

	private static final int MOST_NAMED = 10;

	private final SegmentRows rows;

	Definitions(SegmentRows rows) {
		this.rows = rows;
	}

	/**
	 * A definition that can be asked.
	 *
	 * @param text canonical form
	 * @param condition what it says
	 * @param glossary what it refers to, without circles
	 */
	record Checked(String text, Condition condition, Glossary glossary) {

	}

	/**
	 * Reads a definition.
	 * @throws InvalidRequest naming line, column and what was expected
	 */
	Checked check(TenantId tenant, String source) {
		return check(tenant, source, null);
	}

	/**
	 * Reads a definition as that of a segment, which must not lead back to itself.
	 * @throws InvalidRequest naming line, column and what was expected
	 */
	Checked check(TenantId tenant, Segment segment) {
		return check(tenant, segment.definition(), segment);
	}

	private Checked check(TenantId tenant, String source, @Nullable Segment self) {
		Reading.Read read = read(source);
		Glossary glossary = Glossary.of(this.rows, tenant, read.references().keySet());
		if (self != null) {
			glossary.add(self);
		}
		requireKnown(tenant, read, glossary);
		requireNoCircle(glossary);
		requireBounded(read, glossary);
		return new Checked(SegmentLanguage.write(read.condition()), read.condition(), glossary);
	}

	private static Reading.Read read(String source) {
		return switch (SegmentLanguage.read(source)) {
			case Reading.Read read -> read;
			case Reading.Misread misread ->
				throw refuse(misread.position(), misread.word(), misread.detail(), misread.suggestion());
		};
	}

	private void requireKnown(TenantId tenant, Reading.Read read, Glossary glossary) {
		for (Map.Entry<String, Position> reference : read.references().entrySet()) {
			if (glossary.missing().contains(reference.getKey())) {
				List<String> names = this.rows.names(tenant);
				String close = Spelling.closest(reference.getKey(), names).orElse(null);
				String detail = "%s: there is no segment '%s'%s".formatted(reference.getValue(), reference.getKey(),
						(close != null) ? "; did you mean '" + close + "'?" : others(names));
				throw refuse(reference.getValue(), reference.getKey(), detail, close);
			}
		}
	}

	private static String others(List<String> names) {
		if (names.isEmpty()) {
			return "; there is none yet";
		}
		String some = names.stream().sorted().limit(MOST_NAMED).collect(Collectors.joining(", "));
		return "; there are %s%s".formatted(some,
				(names.size() > MOST_NAMED) ? " and %d more".formatted(names.size() - MOST_NAMED) : "");
	}

	private static void requireNoCircle(Glossary glossary) {
		List<String> circle = glossary.circle().orElse(List.of());
		if (!circle.isEmpty()) {
			throw InvalidRequest.body(POINTER, "refers to itself: %s; take one of these references out"
				.formatted(String.join(" \u2192 ", circle)));
		}
	}

	private static void requireBounded(Reading.Read read, Glossary glossary) {
		if (glossary.weight(read.condition()) > Glossary.MOST_CONDITIONS) {
			throw InvalidRequest.body(POINTER, "has more than %d conditions together with the segments it refers to"
				.formatted(Glossary.MOST_CONDITIONS));
		}
	}

	private static InvalidRequest refuse(Position position, String word, String detail, @Nullable String suggestion) {
		InvalidRequest refusal = new InvalidRequest(HttpStatus.BAD_REQUEST, POINTER + ": " + detail,
				List.of(new Violation(POINTER, detail)));
		refusal.getBody().setProperty("position", position);
		refusal.getBody().setProperty("word", word);
		if (suggestion != null) {
			refusal.getBody().setProperty("suggestion", suggestion);
		}
		return refusal;
	}

}
