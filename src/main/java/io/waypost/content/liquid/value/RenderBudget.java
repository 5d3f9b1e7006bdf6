package io.waypost.content.liquid.value;

import java.util.function.LongSupplier;

/**
 * Counts what a render uses. Each text and each list is charged before it is built, so a
 * template cannot allocate more than its limit. Nothing is given back when a value is
 * discarded: the limit is on the sum. Not safe for use by several threads.
 */
public final class RenderBudget {

	private static final int STEPS_BETWEEN_CLOCK_READINGS = 128;

	private static final int CHARACTERS_OF_AN_ELEMENT = 4;

	private static final int CHARACTERS_OF_A_STEP_SHIFT = 6;

	private final RenderLimits limits;

	private final LongSupplier nanoTime;

	private final long start;

	private long steps;

	private long nextReading = STEPS_BETWEEN_CLOCK_READINGS;

	private long memory;

	private int outputLength;

	private int iterations;

	/**
	 * Starts a render.
	 * @param limits the limits
	 * @param nanoTime source of elapsed time, as {@link System#nanoTime}
	 */
	public RenderBudget(RenderLimits limits, LongSupplier nanoTime) {
		this.limits = limits;
		this.nanoTime = nanoTime;
		this.start = nanoTime.getAsLong();
	}

	/** Charges one step. */
	public void step() {
		steps(1);
	}

	/**
	 * Charges steps.
	 * @param number at least 0
	 */
	public void steps(long number) {
		if (number > this.limits.steps() - this.steps) {
			throw LiquidException.limit(
					"takes more than maxSteps = %d steps; use fewer or shorter loops".formatted(this.limits.steps()));
		}
		this.steps += number;
		if (this.steps >= this.nextReading) {
			this.nextReading = this.steps + STEPS_BETWEEN_CLOCK_READINGS;
			checkTime();
		}
	}

	/**
	 * Charges the reading of a text.
	 * @param characters length of the text
	 */
	public void read(long characters) {
		steps(1 + (characters >> CHARACTERS_OF_A_STEP_SHIFT));
	}

	/**
	 * Charges an intermediate text before it is built.
	 * @param characters its length
	 */
	public void text(long characters) {
		if (characters > this.limits.memory() - this.memory) {
			throw LiquidException.limit(
					"needs more than maxMemory = %d characters for intermediate values; build shorter texts and lists"
						.formatted(this.limits.memory()));
		}
		this.memory += characters;
		steps(characters >> CHARACTERS_OF_A_STEP_SHIFT);
	}

	/**
	 * Charges an intermediate list before it is built.
	 * @param elements number of its elements
	 */
	public void list(long elements) {
		if (elements > this.limits.memory()) {
			text(elements);
		}
		text(elements * CHARACTERS_OF_AN_ELEMENT);
		steps(elements);
	}

	/** Charges one iteration of a loop. */
	public void iteration() {
		if (this.iterations >= this.limits.iterations()) {
			throw LiquidException.limit("loops run more than maxIterations = %d times; use limit: or a shorter list"
				.formatted(this.limits.iterations()));
		}
		this.iterations++;
		step();
	}

	void output(int characters) {
		if (characters > this.limits.outputLength() - this.outputLength) {
			throw LiquidException.limit("the rendered text is longer than maxRenderedSize = %d characters; shorten it"
				.formatted(this.limits.outputLength()));
		}
		this.outputLength += characters;
		steps(characters >> CHARACTERS_OF_A_STEP_SHIFT);
	}

	private void checkTime() {
		if (this.nanoTime.getAsLong() - this.start > this.limits.time().toNanos()) {
			throw LiquidException.limit("takes longer than maxRenderTime = %d ms; use fewer or shorter loops"
				.formatted(this.limits.time().toMillis()));
		}
	}

}
