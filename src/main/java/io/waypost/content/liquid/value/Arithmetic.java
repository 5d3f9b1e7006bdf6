package io.waypost.content.liquid.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

import org.jspecify.annotations.Nullable;

/**
 * Arithmetic with Ruby's rules: integers stay exact, integer division rounds down, and
 * decimal numbers are calculated as decimals and then become floating point numbers.
 */
public enum Arithmetic {

	/** Sum. */
	PLUS {
		@Override
		BigInteger integers(BigInteger left, BigInteger right) {
			return left.add(right);
		}

		@Override
		BigDecimal decimals(BigDecimal left, BigDecimal right) {
			return left.add(right);
		}
	},
	/** Difference. */
	MINUS {
		@Override
		BigInteger integers(BigInteger left, BigInteger right) {
			return left.subtract(right);
		}

		@Override
		BigDecimal decimals(BigDecimal left, BigDecimal right) {
			return left.subtract(right);
		}
	},
	/** Product. */
	TIMES {
		@Override
		BigInteger integers(BigInteger left, BigInteger right) {
			return left.multiply(right);
		}

		@Override
		BigDecimal decimals(BigDecimal left, BigDecimal right) {
			return left.multiply(right);
		}
	},
	/** Quotient. */
	DIVIDED_BY {
		@Override
		BigInteger integers(BigInteger left, BigInteger right) {
			BigInteger[] parts = left.divideAndRemainder(divisor(right));
			boolean negative = parts[1].signum() != 0 && parts[1].signum() != right.signum();
			return negative ? parts[0].subtract(BigInteger.ONE) : parts[0];
		}

		@Override
		BigDecimal decimals(BigDecimal left, BigDecimal right) {
			return left.divide(divisor(right), PRECISION);
		}
	},
	/** Remainder with the sign of the divisor. */
	MODULO {
		@Override
		BigInteger integers(BigInteger left, BigInteger right) {
			BigInteger remainder = left.remainder(divisor(right));
			return (remainder.signum() != 0 && remainder.signum() != right.signum()) ? remainder.add(right) : remainder;
		}

		@Override
		BigDecimal decimals(BigDecimal left, BigDecimal right) {
			BigDecimal quotient = left.divide(divisor(right), 0, RoundingMode.FLOOR);
			return left.subtract(quotient.multiply(right));
		}
	};

	private static final MathContext PRECISION = new MathContext(40);

	/**
	 * Applies the operation.
	 * @param left first operand, converted to a number
	 * @param right second operand, converted to a number
	 * @return a {@code Long}, {@code BigInteger} or {@code Double}
	 */
	public Number apply(@Nullable Object left, @Nullable Object right) {
		Number first = LiquidNumbers.toNumber(left);
		Number second = LiquidNumbers.toNumber(right);
		if (first instanceof BigDecimal || second instanceof BigDecimal) {
			return decimals(decimal(first), decimal(second)).doubleValue();
		}
		return LiquidNumbers.reduce(integers(integer(first), integer(second)));
	}

	abstract BigInteger integers(BigInteger left, BigInteger right);

	abstract BigDecimal decimals(BigDecimal left, BigDecimal right);

	/** Returns a number as a decimal. */
	public static BigDecimal decimal(Number number) {
		return switch (number) {
			case BigDecimal decimal -> decimal;
			case BigInteger integer -> new BigDecimal(integer);
			case Double decimal -> LiquidNumbers.decimal(decimal);
			default -> BigDecimal.valueOf(number.longValue());
		};
	}

	/** Returns a decimal as a floating point number and an integer as it is. */
	public static Number result(Number number) {
		return switch (number) {
			case BigDecimal decimal -> Double.valueOf(decimal.doubleValue());
			case BigInteger integer -> LiquidNumbers.reduce(integer);
			default -> number;
		};
	}

	private static BigInteger integer(Number number) {
		return (number instanceof BigInteger integer) ? integer : BigInteger.valueOf(number.longValue());
	}

	private static BigInteger divisor(BigInteger number) {
		if (number.signum() == 0) {
			throw divisionByZero();
		}
		return number;
	}

	private static BigDecimal divisor(BigDecimal number) {
		if (number.signum() == 0) {
			throw divisionByZero();
		}
		return number;
	}

	private static LiquidException divisionByZero() {
		return LiquidException.of("division by 0; test the divisor first");
	}

}
