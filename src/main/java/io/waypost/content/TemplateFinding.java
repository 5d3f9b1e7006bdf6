package io.waypost.content;

/**
 * A finding of a template check.
 *
 * @param kind {@code brand}, {@code legal}, {@code link}, {@code pii} or {@code slot}
 * @param code short code, for example {@code link_foreign}
 * @param severity {@code info}, {@code warning}, {@code severe} or {@code blocking}
 * @param where the part: a field of the template, {@code button} or {@code footer}
 * @param detail what was found and what is expected
 */
public record TemplateFinding(String kind, String code, String severity, String where, String detail) {

	/**
	 * Whether this finding prevents approval of the version.
	 * @return true for the severity {@code blocking}
	 */
	public boolean isBlocking() {
		return this.severity.equals("blocking");
	}

}
