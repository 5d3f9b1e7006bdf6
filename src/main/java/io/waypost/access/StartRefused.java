package io.waypost.access;

/** Starting as configured would leave a door open or locked for everybody. */
class StartRefused extends RuntimeException {

	private final String remedy;

	StartRefused(String reason, String remedy) {
		super(reason);
		this.remedy = remedy;
	}

	String remedy() {
		return this.remedy;
	}

}
