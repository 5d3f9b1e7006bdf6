package io.waypost.journey.check;

/**
 * A reason why a model is refused.
 *
 * @param elementId id of the invalid element
 * @param elementName its name as the analyst wrote it, empty when it has none
 * @param reason the problem and how to fix it
 */
public record ModelProblem(String elementId, String elementName, String reason) {

	@Override
	public String toString() {
		return this.elementName.isBlank() ? "%s: %s".formatted(this.elementId, this.reason)
				: "%s (\"%s\"): %s".formatted(this.elementId, this.elementName, this.reason);
	}

}
