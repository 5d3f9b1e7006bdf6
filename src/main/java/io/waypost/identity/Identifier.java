package io.waypost.identity;

/**
 * A typed key of a profile. The value is a direct identifier: keep it out of logs,
 * process variables and every table outside the vault.
 *
 * @param type kind of identifier
 * @param value as the source sent it, not blank
 */
public record Identifier(Type type, String value) {

	/** Kinds of identifier. */
	public enum Type {

		/** The source's own id of a known person. */
		USER_ID,

		/** A device or browser before sign-in. */
		ANONYMOUS_ID,

		/** A canonical e-mail address. */
		EMAIL

	}

	@Override
	public String toString() {
		return this.type + ":***";
	}

}
