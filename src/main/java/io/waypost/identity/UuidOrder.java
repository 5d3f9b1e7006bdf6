package io.waypost.identity;

import java.util.Comparator;
import java.util.UUID;

/**
 * The order of UUIDs in PostgreSQL, which compares unsigned bytes; {@link UUID#compareTo}
 * compares signed numbers. Java and SQL both lock rows and break ties in this order, so
 * they must agree.
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
