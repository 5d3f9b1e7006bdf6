package io.waypost.content.liquid;

/**
 * A Liquid text does not parse or exceeds a limit. The message names line and character.
 */
public class LiquidTemplateException extends RuntimeException {

	LiquidTemplateException(String message) {
		super(message);
	}

	LiquidTemplateException(String message, Throwable cause) {
		super(message, cause);
	}

}
