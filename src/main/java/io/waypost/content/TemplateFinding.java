package io.waypost.content;

import java.util.Set;

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

	private static final Set<String> OF_BRAND_KIT = Set.of("brand_missing", "contrast_low");

	/**
	 * Whether another person than the author has to accept this finding.
	 * @return true for a warning or worse about the template; a missing or unsuitable
	 * brand kit is no fault of the template
	 */
	public boolean needsSecondPerson() {
		return !this.severity.equals("info") && !OF_BRAND_KIT.contains(this.code);
	}

	/**
	 * Whether this finding prevents approval of the version.
	 * @return true for the severity {@code blocking}
	 */
	public boolean isBlocking() {
		return this.severity.equals("blocking");
	}

}
