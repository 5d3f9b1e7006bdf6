package io.waypost.access.user;

/** The configuration would lock every user out or leave the server unprotected. */
class StartupRefusedException extends RuntimeException {

	private final String remedy;

	StartupRefusedException(String reason, String remedy) {
		super(reason);
		this.remedy = remedy;
	}

	String remedy() {
		return this.remedy;
	}

}
