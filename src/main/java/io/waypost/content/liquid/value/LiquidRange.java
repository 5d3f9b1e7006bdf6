package io.waypost.content.liquid.value;

/**
 * A range of integers such as {@code (1..5)}. It holds its bounds only.
 *
 * @param first the first number
 * @param last the last number; the range is empty when it is less than the first
 */
public record LiquidRange(long first, long last) {

	/** Returns the number of elements, at most {@link Long#MAX_VALUE}. */
	public long size() {
		if (this.last < this.first) {
			return 0;
		}
		long size = this.last - this.first + 1;
		return (size > 0) ? size : Long.MAX_VALUE;
	}

	boolean contains(Number number) {
		return this.first <= number.doubleValue() && number.doubleValue() <= this.last;
	}

	@Override
	public String toString() {
		return this.first + ".." + this.last;
	}

}
