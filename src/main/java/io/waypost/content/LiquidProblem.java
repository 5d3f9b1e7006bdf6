package io.waypost.content;

/**
 * A Liquid text that does not parse or went beyond its bounds; the message says where.
 */
class LiquidProblem extends RuntimeException {

	LiquidProblem(String message) {
		super(message);
	}

	LiquidProblem(String message, Throwable cause) {
		super(message, cause);
	}

}
