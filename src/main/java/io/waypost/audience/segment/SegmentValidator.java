package io.waypost.audience.segment;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.waypost.access.InvalidRequest;
import io.waypost.access.InvalidRequest.Violation;
import io.waypost.audience.Segment;
import io.waypost.audience.language.Condition;
import io.waypost.audience.language.ParseResult;
import io.waypost.audience.language.SegmentLanguage;
import io.waypost.audience.language.SourcePosition;
import io.waypost.kernel.Suggestions;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Reads definitions together with what they refer to, and refuses what makes no sense.
 */
@Component
public class SegmentValidator {

	private static final String POINTER = "/definition";

	private static final int MOST_NAMED = 10;

	private final SegmentRepository rows;

	public SegmentValidator(SegmentRepository rows) {
		this.rows = rows;
	}

	/**
	 * A definition that can be asked.
	 *
	 * @param text canonical form
	 * @param condition what it says
	 * @param glossary what it refers to, without circles
	 */
	public record ValidDefinition(String text, Condition condition, SegmentReferences references) {

	}

	/**
	 * Reads a definition.
	 * @throws InvalidRequest naming line, column and what was expected
	 */
	public ValidDefinition validate(TenantId tenant, String source) {
		return validate(tenant, source, null);
	}

	/**
	 * Reads a definition as that of a segment, which must not lead back to itself nor to
	 * what is retired.
	 * @throws InvalidRequest naming line, column and what was expected
	 */
	public ValidDefinition validate(TenantId tenant, Segment segment) {
		return validate(tenant, segment.definition(), segment);
	}

	private ValidDefinition validate(TenantId tenant, String source, @Nullable Segment self) {
		ParseResult.ParsedCondition read = read(source);
		SegmentReferences glossary = SegmentReferences.of(this.rows, tenant, read.references().keySet());
		if (self != null) {
			glossary.add(self);
			requireInUse(read, glossary);
		}
		requireKnown(tenant, read, glossary);
		requireNoCircle(glossary);
		requireBounded(read, glossary);
		return new ValidDefinition(SegmentLanguage.format(read.condition()), read.condition(), glossary);
	}

	/**
	 * Refuses to let go of what others need.
	 * @throws InvalidRequest a 409 that names segments in force that refer to it
	 */
	public void requireUnused(TenantId tenant, String name) {
		List<String> users = this.rows.usable(tenant)
			.stream()
			.filter((segment) -> read(segment.definition()).references().containsKey(name))
			.map(Segment::name)
			.toList();
		if (!users.isEmpty()) {
			throw InvalidRequest.conflict(
					"Segment '%s' cannot be retired while others refer to it: %s; approve versions of these that do not"
						.formatted(name, some(users)));
		}
	}

	private static ParseResult.ParsedCondition read(String source) {
		return switch (SegmentLanguage.parse(source)) {
			case ParseResult.ParsedCondition read -> read;
			case ParseResult.SyntaxProblem misread ->
				throw refuse(misread.position(), misread.word(), misread.detail(), misread.suggestion());
		};
	}

	private void requireKnown(TenantId tenant, ParseResult.ParsedCondition read, SegmentReferences glossary) {
		for (Map.Entry<String, SourcePosition> reference : read.references().entrySet()) {
			if (glossary.missing().contains(reference.getKey())) {
				List<String> names = this.rows.names(tenant);
				String close = Suggestions.closest(reference.getKey(), names).orElse(null);
				String detail = "%s: there is no segment '%s'%s".formatted(reference.getValue(), reference.getKey(),
						(close != null) ? "; did you mean '" + close + "'?"
								: names.isEmpty() ? "; there is none yet" : "; there are " + some(names));
				throw refuse(reference.getValue(), reference.getKey(), detail, close);
			}
		}
	}

	private static void requireInUse(ParseResult.ParsedCondition read, SegmentReferences glossary) {
		for (Segment segment : glossary.segments()) {
			SourcePosition place = read.references().get(segment.name());
			if (place != null && segment.retiredAt() != null) {
				throw refuse(place, segment.name(),
						"%s: segment '%s' is retired; say what it meant, or approve a version of it to take it back"
							.formatted(place, segment.name()),
						null);
			}
		}
	}

	private static String some(List<String> names) {
		String some = names.stream().sorted().limit(MOST_NAMED).collect(Collectors.joining(", "));
		return some + ((names.size() > MOST_NAMED) ? " and %d more".formatted(names.size() - MOST_NAMED) : "");
	}

	private static void requireNoCircle(SegmentReferences glossary) {
		List<String> circle = glossary.cycle().orElse(List.of());
		if (!circle.isEmpty()) {
			throw InvalidRequest.badRequest(POINTER, "refers to itself: %s; take one of these references out"
				.formatted(String.join(" \u2192 ", circle)));
		}
	}

	private static void requireBounded(ParseResult.ParsedCondition read, SegmentReferences glossary) {
		if (glossary.conditionCount(read.condition()) > SegmentReferences.MAX_CONDITIONS) {
			throw InvalidRequest.badRequest(POINTER,
					"has more than %d conditions together with the segments it refers to"
						.formatted(SegmentReferences.MAX_CONDITIONS));
		}
	}

	private static InvalidRequest refuse(SourcePosition position, String word, String detail,
			@Nullable String suggestion) {
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
