package io.waypost.ingestion.deadletter;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException.Violation;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a correction of a failed event must not change. A correction repairs what
 * made the event fail. It must not make the event one of another person, answer for the
 * person, or replace the address. What an administrator may add beyond that, others may
 * not, see {@link SyntaxRepairCheck}.
 */
public final class CorrectionCheck {

	/** Kept if the original has a usable value there. */
	private static final List<String> IDENTITY = List.of("/userId", "/anonymousId", "/previousId", "/type");

	/** Never added and never changed. */
	private static final List<String> PERSONAL = List.of("/context/consent", "/context/traits", "/traits/email",
			"/traits/phone", "/properties/email", "/properties/phone");

	private CorrectionCheck() {
	}

	/**
	 * Compares a correction with its original.
	 * @param original the event as received; null when it is not readable
	 * @param failedAt JSON pointer inside the event to what made it fail
	 * @param corrected the corrected event
	 * @param caller who corrects it; without {@link AccessRight#COMPLETE_FAILED_EVENTS} a
	 * correction may repair syntax only
	 * @return what must be undone, with pointers into the correction
	 */
	public static List<Violation> problems(@Nullable JsonNode original, String failedAt, JsonNode corrected,
			Caller caller) {
		List<Violation> problems = personal(original, failedAt, corrected);
		return (problems.isEmpty() && !AccessRight.COMPLETE_FAILED_EVENTS.isGrantedTo(caller))
				? SyntaxRepairCheck.problems(original, corrected) : problems;
	}

	private static List<Violation> personal(@Nullable JsonNode original, String failedAt, JsonNode corrected) {
		JsonNode before = (original != null) ? original : MissingNode.getInstance();
		List<Violation> problems = new ArrayList<>();
		for (String pointer : IDENTITY) {
			JsonNode kept = before.at(pointer);
			if (isUsable(kept) && !failedAt.equals(pointer) && !kept.equals(corrected.at(pointer))) {
				problems.add(new Violation("/event" + pointer,
						"must stay as it was received; a correction changes what made the event fail (%s)"
							.formatted(failedAt.isEmpty() ? "/" : failedAt)));
			}
		}
		for (String pointer : PERSONAL) {
			JsonNode added = corrected.at(pointer);
			if (!isEmpty(added) && !added.equals(before.at(pointer))) {
				problems.add(new Violation("/event" + pointer, advice(pointer)));
			}
		}
		return problems;
	}

	private static String advice(String pointer) {
		return pointer.endsWith("consent")
				? "must stay as it was received; PUT /api/v1/profiles/{userId}/consents/{topic} changes consents"
				: "must stay as it was received; the source sends changed addresses and traits by identify";
	}

	private static boolean isUsable(JsonNode value) {
		return value.isTextual() && !value.asText().isBlank();
	}

	private static boolean isEmpty(JsonNode value) {
		return value.isMissingNode() || value.isNull() || value.isObject() && value.isEmpty();
	}

}
