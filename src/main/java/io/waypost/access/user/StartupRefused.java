package io.waypost.access.user;

/** Starting as configured would leave a door open or locked for everybody. */
class StartupRefused extends RuntimeException {

	private final String remedy;

	StartupRefused(String reason, String remedy) {
		super(reason);
		this.remedy = remedy;
	}

	String remedy() {
		return this.remedy;
	}

}
