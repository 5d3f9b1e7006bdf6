package io.waypost.audience.segment;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.waypost.access.InvalidRequestException;
import io.waypost.access.InvalidRequestException.Violation;
import io.waypost.audience.Segment;
import io.waypost.audience.language.Condition;
import io.waypost.audience.language.ParseResult;
import io.waypost.audience.language.ParseResult.ParsedCondition;
import io.waypost.audience.language.SegmentLanguage;
import io.waypost.audience.language.SourcePosition;
import io.waypost.kernel.Suggestions;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Validates definitions together with the segments they refer to. */
@Component
public class SegmentValidator {

	private static final String POINTER = "/definition";

	private static final int MAX_LISTED = 10;

	private final SegmentRepository repository;

	public SegmentValidator(SegmentRepository repository) {
		this.repository = repository;
	}

	/**
	 * A valid definition.
	 *
	 * @param text canonical form
	 * @param condition its condition
	 * @param references segments it refers to, without cycles
	 */
	public record ValidDefinition(String text, Condition condition, SegmentReferences references) {

	}

	/**
	 * Validates a definition that is evaluated but not stored.
	 * @throws InvalidRequestException with line, column and what was expected
	 */
	public ValidDefinition validate(TenantId tenant, String source) {
		return validate(tenant, source, null);
	}

	/**
	 * Validates the definition of a segment. It must not refer to the segment itself,
	 * directly or indirectly, nor to a retired segment.
	 * @throws InvalidRequestException with line, column and what was expected
	 */
	public ValidDefinition validate(TenantId tenant, Segment segment) {
		return validate(tenant, segment.definition(), segment);
	}

	private ValidDefinition validate(TenantId tenant, String source, @Nullable Segment self) {
		ParsedCondition parsed = parse(source);
		SegmentReferences references = SegmentReferences.of(this.repository, tenant, parsed.references().keySet());
		if (self != null) {
			references.add(self);
			requireNotRetired(parsed, references);
		}
		requireExisting(tenant, parsed, references);
		requireNoCycle(references);
		requireLimited(parsed, references);
		return new ValidDefinition(SegmentLanguage.format(parsed.condition()), parsed.condition(), references);
	}

	/**
	 * Checks that no live segment refers to a segment that is to be retired.
	 * @throws InvalidRequestException a 409 that names the segments that refer to it
	 */
	public void requireUnused(TenantId tenant, String name) {
		List<String> users = this.repository.usable(tenant)
			.stream()
			.filter((segment) -> parse(segment.definition()).references().containsKey(name))
			.map(Segment::name)
			.toList();
		if (!users.isEmpty()) {
			throw InvalidRequestException.conflict(
					"Segment '%s' cannot be retired because live segments refer to it: %s; approve versions of these without the reference"
						.formatted(name, listed(users)));
		}
	}

	private static ParsedCondition parse(String source) {
		return switch (SegmentLanguage.parse(source)) {
			case ParsedCondition parsed -> parsed;
			case ParseResult.SyntaxProblem problem ->
				throw invalid(problem.position(), problem.word(), problem.detail(), problem.suggestion());
		};
	}

	private void requireExisting(TenantId tenant, ParsedCondition parsed, SegmentReferences references) {
		for (Map.Entry<String, SourcePosition> reference : parsed.references().entrySet()) {
			if (references.missing().contains(reference.getKey())) {
				throw missing(tenant, reference.getKey(), reference.getValue());
			}
		}
	}

	private InvalidRequestException missing(TenantId tenant, String name, SourcePosition position) {
		List<String> names = this.repository.names(tenant);
		String closest = Suggestions.closest(name, names).orElse(null);
		String remedy = names.isEmpty() ? "there are no segments yet" : "existing segments: " + listed(names);
		return invalid(position, name, "%s: segment '%s' does not exist; %s".formatted(position, name,
				(closest != null) ? "did you mean '" + closest + "'?" : remedy), closest);
	}

	private static void requireNotRetired(ParsedCondition parsed, SegmentReferences references) {
		for (Segment segment : references.segments()) {
			SourcePosition position = parsed.references().get(segment.name());
			if (position != null && segment.retiredAt() != null) {
				throw invalid(position, segment.name(),
						"%s: segment '%s' is retired; write out its conditions, or approve one of its versions to use it again"
							.formatted(position, segment.name()),
						null);
			}
		}
	}

	private static String listed(List<String> names) {
		String listed = names.stream().sorted().limit(MAX_LISTED).collect(Collectors.joining(", "));
		return listed + ((names.size() > MAX_LISTED) ? " and %d more".formatted(names.size() - MAX_LISTED) : "");
	}

	private static void requireNoCycle(SegmentReferences references) {
		List<String> cycle = references.cycle().orElse(List.of());
		if (!cycle.isEmpty()) {
			throw InvalidRequestException.badRequest(POINTER,
					"refers to itself: %s; remove one of these references".formatted(String.join(" \u2192 ", cycle)));
		}
	}

	private static void requireLimited(ParsedCondition parsed, SegmentReferences references) {
		if (references.conditionCount(parsed.condition()) > SegmentReferences.MAX_CONDITIONS) {
			throw InvalidRequestException.badRequest(POINTER,
					"has more than %d conditions including the segments it refers to; split it into smaller segments"
						.formatted(SegmentReferences.MAX_CONDITIONS));
		}
	}

	private static InvalidRequestException invalid(SourcePosition position, String word, String detail,
			@Nullable String suggestion) {
		InvalidRequestException invalid = new InvalidRequestException(HttpStatus.BAD_REQUEST, POINTER + ": " + detail,
				List.of(new Violation(POINTER, detail)));
		invalid.getBody().setProperty("position", position);
		invalid.getBody().setProperty("word", word);
		if (suggestion != null) {
			invalid.getBody().setProperty("suggestion", suggestion);
		}
		return invalid;
	}

}
