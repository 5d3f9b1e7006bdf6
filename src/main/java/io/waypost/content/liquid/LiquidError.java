package io.waypost.content.liquid;

/**
 * A Liquid text does not parse or exceeds a limit. The message names line and character.
 */
public class LiquidError extends RuntimeException {

	LiquidError(String message) {
		super(message);
	}

	LiquidError(String message, Throwable cause) {
		super(message, cause);
	}

}
