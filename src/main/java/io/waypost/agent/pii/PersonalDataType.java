package io.waypost.agent.pii;

/** Kinds of personal data. The names are those of Microsoft Presidio. */
public enum PersonalDataType {

	/** RFC 5322, RFC 6531. */
	EMAIL_ADDRESS("email", true),

	/** ISO 13616. */
	IBAN_CODE("iban", true),

	/** ISO 7812. */
	CREDIT_CARD("card", true),

	/** IPv4 and IPv6. */
	IP_ADDRESS("ip", true),

	/** Address of a network card. */
	MAC_ADDRESS("mac", true),

	/** Telephone number. */
	PHONE_NUMBER("phone", true),

	/** Social security number of the United States. */
	US_SSN("ssn", true),

	/** Individual taxpayer identification number of the United States. */
	US_ITIN("itin", true),

	/** Passport number of the United States. */
	US_PASSPORT("passport", true),

	/** Driver's licence of the United States. */
	US_DRIVER_LICENSE("driver_license", true),

	/** Account number of a bank of the United States. */
	US_BANK_NUMBER("bank_number", true),

	/** Routing number of a bank of the United States. */
	ABA_ROUTING_NUMBER("routing_number", true),

	/** Medicare number of the United States. */
	US_MBI("medicare_number", true),

	/** National provider identifier of the United States. */
	US_NPI("provider_number", true),

	/** Certificate number of a doctor of the United States. */
	MEDICAL_LICENSE("medical_license", true),

	/** National Health Service number of the United Kingdom. */
	UK_NHS("nhs_number", true),

	/** National insurance number of the United Kingdom. */
	UK_NINO("insurance_number", true),

	/** Passport number of the United Kingdom. */
	UK_PASSPORT("passport", true),

	/** Driving licence of the United Kingdom. */
	UK_DRIVING_LICENCE("driver_license", true),

	/** Post code of the United Kingdom. */
	UK_POSTCODE("postcode", true),

	/** Address of a Bitcoin wallet. */
	CRYPTO("wallet", true),

	/** Web address. */
	URL("url", true),

	/** Date or time, for example of birth. */
	DATE_TIME("date", true),

	/** Street, house number, post office box, zip code. */
	ADDRESS("address", false),

	/** Name of a person. */
	PERSON("name", false),

	/** Country, city or other place. */
	LOCATION("place", false),

	/** Company or institution. */
	ORGANIZATION("organisation", false),

	/** Nationality, religious or political group. */
	NRP("group", false),

	/** Profession or form of address. */
	TITLE("title", false);

	private final String code;

	private final boolean structured;

	PersonalDataType(String code, boolean structured) {
		this.code = code;
		this.structured = structured;
	}

	/**
	 * Returns the short code used in findings.
	 * @return for example {@code email}
	 */
	public String code() {
		return this.code;
	}

	/**
	 * Whether a notation, and not a name list or a model, recognises it.
	 * @return true for structured types
	 */
	public boolean isStructured() {
		return this.structured;
	}

}
