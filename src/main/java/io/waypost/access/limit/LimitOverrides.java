package io.waypost.access.limit;

import java.util.ArrayList;
import java.util.List;

import io.waypost.access.InvalidRequestException.Violation;
import org.jspecify.annotations.Nullable;

/**
 * Limits of one tenant that differ from the settings.
 *
 * @param eventRequestsPerSecond null: the setting applies
 * @param apiRequestsPerSecond null: the setting applies
 * @param eventsPerDay null: the setting applies; 0: no quota
 * @param sendsPerDay null: the setting applies; 0: no quota
 */
public record LimitOverrides(@Nullable Integer eventRequestsPerSecond, @Nullable Integer apiRequestsPerSecond,
		@Nullable Long eventsPerDay, @Nullable Long sendsPerDay) {

	static final LimitOverrides NONE = new LimitOverrides(null, null, null, null);

	/**
	 * Finds the wrong values.
	 * @return empty when all are valid
	 */
	public List<Violation> violations() {
		List<Violation> violations = new ArrayList<>();
		require("/eventRequestsPerSecond", this.eventRequestsPerSecond, 1, violations);
		require("/apiRequestsPerSecond", this.apiRequestsPerSecond, 1, violations);
		require("/eventsPerDay", this.eventsPerDay, 0, violations);
		require("/sendsPerDay", this.sendsPerDay, 0, violations);
		return violations;
	}

	private static void require(String pointer, @Nullable Number value, int least, List<Violation> violations) {
		if (value != null && value.longValue() < least) {
			violations.add(new Violation(pointer, "is %s; it must be at least %d".formatted(value, least)));
		}
	}

	Limits over(Limits settings) {
		return new Limits(
				(this.eventRequestsPerSecond != null) ? this.eventRequestsPerSecond : settings.eventRequestsPerSecond(),
				(this.apiRequestsPerSecond != null) ? this.apiRequestsPerSecond : settings.apiRequestsPerSecond(),
				(this.eventsPerDay != null) ? this.eventsPerDay : settings.eventsPerDay(),
				(this.sendsPerDay != null) ? this.sendsPerDay : settings.sendsPerDay());
	}

}
