package io.waypost.content.liquid.expression;

/** What stops a block before its end. */
public enum Interruption {

	/** Nothing. */
	NONE,
	/** The tag {@code break}. */
	BREAK,
	/** The tag {@code continue}. */
	CONTINUE

}
