package io.waypost.kernel;

/** A configuration property has an invalid name or value. The start is refused. */
public class InvalidSettingException extends RuntimeException {

	private final String action;

	/**
	 * Makes the exception.
	 * @param message which property is invalid and why
	 * @param action how to correct it
	 */
	public InvalidSettingException(String message, String action) {
		super(message);
		this.action = action;
	}

	/**
	 * Returns how to correct the property.
	 * @return one or more sentences
	 */
	public String action() {
		return this.action;
	}

}
