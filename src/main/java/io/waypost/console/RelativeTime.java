package io.waypost.console;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** Formats times relative to now, in one unit: {@code 5 minutes ago}. */
public final class RelativeTime {

	private RelativeTime() {
	}

	public static String ago(@Nullable Instant then, Instant now) {
		if (then == null) {
			return "never";
		}
		Duration age = Duration.between(then, now);
		return (age.toSeconds() < 5) ? "just now" : format(age) + " ago";
	}

	public static String until(Instant then, Instant now) {
		return then.isBefore(now) ? format(Duration.between(then, now)) + " ago"
				: "in " + format(Duration.between(now, then));
	}

	private static String format(Duration age) {
		if (age.toSeconds() < 90) {
			return format(age.toSeconds(), "second");
		}
		if (age.toMinutes() < 90) {
			return format(age.toMinutes(), "minute");
		}
		return (age.toHours() < 48) ? format(age.toHours(), "hour") : format(age.toDays(), "day");
	}

	private static String format(long count, String unit) {
		return count + " " + unit + ((count == 1) ? "" : "s");
	}

}
