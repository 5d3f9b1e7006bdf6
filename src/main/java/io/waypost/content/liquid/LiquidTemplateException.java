package io.waypost.content.liquid;

import io.waypost.content.liquid.value.LiquidException;

/**
 * A Liquid text does not parse, fails or exceeds a limit. The message names line, column
 * and the remedy.
 */
public class LiquidTemplateException extends RuntimeException {

	private static final int LONGEST_MESSAGE = 600;

	private final int line;

	private final int column;

	LiquidTemplateException(String message) {
		super(message);
		this.line = 1;
		this.column = 1;
	}

	private LiquidTemplateException(int line, int column, LiquidException cause) {
		super("line %d, column %d: %s".formatted(line, column, shortened(String.valueOf(cause.getMessage()))), cause);
		this.line = line;
		this.column = column;
	}

	static LiquidTemplateException of(LiquidException cause, String source) {
		int offset = Math.clamp(cause.offset(), 0, source.length());
		int lineStart = source.lastIndexOf('\n', offset - 1) + 1;
		int line = 1 + (int) source.substring(0, lineStart).chars().filter((character) -> character == '\n').count();
		return new LiquidTemplateException(line, 1 + source.codePointCount(lineStart, offset), cause);
	}

	/** Returns the line of the error, counted from 1. */
	public int line() {
		return this.line;
	}

	/** Returns the column of the error in characters, counted from 1. */
	public int column() {
		return this.column;
	}

	private static String shortened(String message) {
		return (message.length() > LONGEST_MESSAGE) ? message.substring(0, LONGEST_MESSAGE) + "…" : message;
	}

}
