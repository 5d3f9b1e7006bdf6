package io.waypost.console;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** Says how long ago something was, in one unit. */
public final class RelativeTime {

	private RelativeTime() {
	}

	public static String ago(@Nullable Instant then, Instant now) {
		if (then == null) {
			return "never";
		}
		Duration age = Duration.between(then, now);
		return (age.toSeconds() < 5) ? "just now" : words(age) + " ago";
	}

	public static String until(Instant then, Instant now) {
		return then.isBefore(now) ? "since " + words(Duration.between(then, now))
				: "in " + words(Duration.between(now, then));
	}

	static String format(Duration age) {
		return words(age);
	}

	private static String words(Duration age) {
		if (age.toSeconds() < 90) {
			return words(age.toSeconds(), "second");
		}
		if (age.toMinutes() < 90) {
			return words(age.toMinutes(), "minute");
		}
		return (age.toHours() < 48) ? words(age.toHours(), "hour") : words(age.toDays(), "day");
	}

	private static String words(long count, String unit) {
		return count + " " + unit + ((count == 1) ? "" : "s");
	}

}
