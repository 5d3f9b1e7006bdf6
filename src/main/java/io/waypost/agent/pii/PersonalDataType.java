package io.waypost.agent.pii;

/** Kinds of personal data. The names are those of Microsoft Presidio. */
public enum PersonalDataType {

	/** RFC 5322, RFC 6531. */
	EMAIL_ADDRESS("email"),

	/** ISO 13616. */
	IBAN_CODE("iban"),

	/** ISO 7812. */
	CREDIT_CARD("card"),

	/** IPv4 and IPv6. */
	IP_ADDRESS("ip"),

	/** Telephone number. */
	PHONE_NUMBER("phone");

	private final String code;

	PersonalDataType(String code) {
		this.code = code;
	}

	/**
	 * Returns the short code used in findings.
	 * @return for example {@code email}
	 */
	public String code() {
		return this.code;
	}

}
