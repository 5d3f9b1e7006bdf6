package io.waypost.content;

/**
 * Something that speaks against a version of a template.
 *
 * @param kind {@code brand}, {@code legal}, {@code link}, {@code pii} or {@code slot}
 * @param code short code, for example {@code link_foreign}
 * @param severity {@code info}, {@code warning}, {@code severe} or {@code blocking}
 * @param where which part: a field of the template, {@code button} or {@code footer}
 * @param detail what was found and what it should be
 */
public record TemplateFinding(String kind, String code, String severity, String where, String detail) {

	/**
	 * Whether the version cannot be approved as long as this stands.
	 * @return true for the severity {@code blocking}
	 */
	public boolean isBlocking() {
		return this.severity.equals("blocking");
	}

}
