package io.waypost.content.liquid.value;

/**
 * A template is refused, fails or exceeds a limit. The position is the offset of a
 * character in the source; the code that knows the source turns it into line and column.
 */
public final class LiquidException extends RuntimeException {

	/** Offset of an exception whose position is not known yet. */
	public static final int UNKNOWN = -1;

	private final int offset;

	private final boolean limit;

	private LiquidException(String message, int offset, boolean limit) {
		super(message, null, false, false);
		this.offset = offset;
		this.limit = limit;
	}

	/**
	 * Creates an exception for a template that is refused.
	 * @param offset offset in the source
	 * @param message what is wrong and how to fix it
	 * @return the exception
	 */
	public static LiquidException at(int offset, String message) {
		return new LiquidException(message, offset, false);
	}

	/**
	 * Creates an exception for a value that an operation does not accept.
	 * @param message what is wrong and how to fix it
	 * @return the exception without a position
	 */
	public static LiquidException of(String message) {
		return new LiquidException(message, UNKNOWN, false);
	}

	/**
	 * Creates an exception for an exceeded limit.
	 * @param message the limit and how to stay below it
	 * @return the exception without a position
	 */
	static LiquidException limit(String message) {
		return new LiquidException(message, UNKNOWN, true);
	}

	/**
	 * Returns the exception with a position.
	 * @param position used when no code set one
	 * @return the exception
	 */
	public LiquidException located(int position) {
		return (this.offset != UNKNOWN) ? this
				: new LiquidException(String.valueOf(getMessage()), position, this.limit);
	}

	/** Returns the offset in the source, {@link #UNKNOWN} when no code set it. */
	public int offset() {
		return this.offset;
	}

	/** Whether a limit of the render was exceeded. */
	public boolean isLimit() {
		return this.limit;
	}

}
