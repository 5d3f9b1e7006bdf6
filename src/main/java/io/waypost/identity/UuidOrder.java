package io.waypost.identity;

import java.util.Comparator;
import java.util.UUID;

/**
 * PostgreSQL compares UUIDs as unsigned bytes, {@link UUID#compareTo} as signed numbers.
 * Locks are taken and ties are broken on both sides, so both must agree.
 */
public final class UuidOrder {

	public static final Comparator<UUID> UNSIGNED = (one, other) -> {
		int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
		return (high != 0) ? high
				: Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
	};

	private UuidOrder() {
	}

}
