package io.waypost.agent.llm.privacy;

/** A request contains personal data and was not sent. */
public class PersonalDataBlockedException extends RuntimeException {

	private final String reason;

	PersonalDataBlockedException(String reason) {
		super("the request contains personal data: " + reason);
		this.reason = reason;
	}

	/**
	 * Returns the kind of data.
	 * @return {@code identity} for a value of a recipient, else the kind that was found,
	 * for example {@code email}
	 */
	public String reason() {
		return this.reason;
	}

}
