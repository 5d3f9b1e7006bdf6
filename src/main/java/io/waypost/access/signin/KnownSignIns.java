package io.waypost.access.signin;

/** Names with the networks from which they signed in during the last 30 days. */
interface KnownSignIns {

	boolean contains(String name, String network);

	/** Remembers a successful sign-in. */
	void add(String name, String network);

}
