package io.waypost.console;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Formats times relative to now, in one unit: {@code 5 minutes ago}. */
@Component
public class RelativeTime {

	private final Labels labels;

	RelativeTime(Labels labels) {
		this.labels = labels;
	}

	public String ago(@Nullable Instant then, Instant now) {
		if (then == null) {
			return this.labels.text("time.never");
		}
		Duration age = Duration.between(then, now);
		return (age.toSeconds() < 5) ? this.labels.text("time.justNow") : this.labels.text("time.ago", format(age));
	}

	public String until(Instant then, Instant now) {
		return then.isBefore(now) ? this.labels.text("time.ago", format(Duration.between(then, now)))
				: this.labels.text("time.in", format(Duration.between(now, then)));
	}

	private String format(Duration age) {
		if (age.toSeconds() < 90) {
			return this.labels.text("duration.seconds", age.toSeconds());
		}
		if (age.toMinutes() < 90) {
			return this.labels.text("duration.minutes", age.toMinutes());
		}
		return (age.toHours() < 48) ? this.labels.text("duration.hours", age.toHours())
				: this.labels.text("duration.days", age.toDays());
	}

}
