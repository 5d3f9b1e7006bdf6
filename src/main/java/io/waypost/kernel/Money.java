package io.waypost.kernel;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * An amount in one currency.
 *
 * @param amount units of the currency, never minor units
 * @param currency ISO 4217
 */
public record Money(BigDecimal amount, Currency currency) {

	/**
	 * Parses an amount.
	 * @param amount decimal number with a point
	 * @param currency ISO 4217 code
	 * @return the money
	 * @throws IllegalArgumentException when either part is malformed
	 */
	public static Money of(String amount, String currency) {
		return new Money(new BigDecimal(amount), Currency.getInstance(currency));
	}

	/**
	 * Adds an amount of the same currency.
	 * @param other amount to add
	 * @return the sum
	 * @throws IllegalArgumentException when the currencies differ
	 */
	public Money plus(Money other) {
		if (!this.currency.equals(other.currency)) {
			throw new IllegalArgumentException("Cannot add %s to %s".formatted(other.currency, this.currency));
		}
		return new Money(this.amount.add(other.amount), this.currency);
	}

}
