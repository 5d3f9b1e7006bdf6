package io.waypost.delivery.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.waypost.delivery.SendStatus;
import org.jspecify.annotations.Nullable;

/**
 * Turns rows into the columns that {@code unnest} takes: text arrays, cast in SQL, so
 * that one shape serves every type.
 */
public final class DeliveryColumns {

	private DeliveryColumns() {
	}

	public static <T> @Nullable String[] of(Collection<T> rows, Function<T, @Nullable Object> value) {
		@Nullable String[] column = new String[rows.size()];
		int next = 0;
		for (T row : rows) {
			Object cell = value.apply(row);
			column[next++] = (cell == null) ? null : cell.toString();
		}
		return column;
	}

	public static OffsetDateTime time(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

	public static String name(SendStatus status) {
		return status.name().toLowerCase(Locale.ROOT);
	}

	public static SendStatus status(String name) {
		return SendStatus.valueOf(name.toUpperCase(Locale.ROOT));
	}

	public static String names(Collection<SendStatus> statuses) {
		return statuses.stream().map(DeliveryColumns::name).collect(Collectors.joining(","));
	}

	static List<String> split(String joined) {
		return joined.isEmpty() ? List.of() : Arrays.asList(joined.split(",", -1));
	}

}
