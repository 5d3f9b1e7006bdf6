package io.waypost.content.liquid;

/**
 * A Liquid text that does not parse or went beyond its bounds; the message says where.
 */
public class LiquidError extends RuntimeException {

	LiquidError(String message) {
		super(message);
	}

	LiquidError(String message, Throwable cause) {
		super(message, cause);
	}

}
