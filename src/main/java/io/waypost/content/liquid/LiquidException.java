package io.waypost.content.liquid;

/**
 * A Liquid text does not parse or exceeds a limit. The message names line and character.
 */
public class LiquidException extends RuntimeException {

	LiquidException(String message) {
		super(message);
	}

	LiquidException(String message, Throwable cause) {
		super(message, cause);
	}

}
