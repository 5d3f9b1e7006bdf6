package io.waypost.content.liquid.filter;

import java.time.Clock;

import io.waypost.content.liquid.value.BoundedText;
import io.waypost.content.liquid.value.LiquidText;
import io.waypost.content.liquid.value.RenderBudget;
import org.jspecify.annotations.Nullable;

/**
 * What filters may use.
 *
 * @param budget charged for everything that a filter reads and builds
 * @param clock the time for {@code 'now' | date} and the time zone of dates without one
 */
public record FilterContext(RenderBudget budget, Clock clock) {

	/** Returns the text of a value and charges that it is read. */
	String text(@Nullable Object value) {
		String text = LiquidText.of(value, this.budget);
		this.budget.read(text.length());
		return text;
	}

	BoundedText builder() {
		return BoundedText.intermediate(this.budget);
	}

}
