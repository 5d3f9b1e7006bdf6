package io.waypost.identity.vault;

/** What the keys that encrypt are for; each tenant has one of each. */
public enum KeyPurpose {

	/** Wraps the data keys of profiles. */
	DATA_KEYS("wrap"),

	/** Encrypts data that is not assigned to a profile. */
	UNASSIGNED_DATA("park"),

	/** Encrypts secrets of the tenant's accounts. */
	ACCOUNT_SECRETS("account");

	private final String label;

	KeyPurpose(String label) {
		this.label = label;
	}

	String label() {
		return this.label;
	}

}
