package io.waypost.console.overview;

import java.time.Instant;
import java.util.List;

import io.waypost.console.StatusView;
import io.waypost.console.journeys.JourneyListItem;
import org.jspecify.annotations.Nullable;

/**
 * What the overview shows.
 *
 * @param tiles the numbers at the top
 * @param eventTypes what came in, most first
 * @param spark events a minute
 * @param sparkWords the same for who cannot see it
 * @param tasks what waits for a person
 * @param journeys where people are
 * @param states messages by state
 * @param outbox what went out last
 * @param health what could be down
 * @param tryIt a command for who has nothing to see yet
 */
public record OverviewView(List<Tile> tiles, List<CountBar> eventTypes, List<SparkBar> spark, String sparkWords,
		List<OpenTask> tasks, List<JourneyListItem> journeys, List<SendStatusRow> states,
		List<RecentSendPreview> outbox, List<HealthCheck> health, String tryIt) {

	public boolean isWell() {
		return this.health.stream().allMatch(HealthCheck::up);
	}

	/** One number with its unit and period. */
	record Tile(String name, String number, String note) {

	}

	/** One row of a bar chart; bars begin at zero. */
	public record CountBar(String name, long count, long max) {

	}

	/** One bar on a field of 300 x 50. */
	record SparkBar(double x, double y, double height) {

	}

	/** Something that waits for a person. */
	record OpenTask(Instant since, String href, String name, String about) {

	}

	/** Messages in one state. */
	public record SendStatusRow(StatusView status, long count, List<ReasonCount> reasons) {

	}

	/** A reason and how often it counts. */
	public record ReasonCount(String name, long count) {

	}

	/** One message of the outbox, at a glance. */
	record RecentSendPreview(String id, String subject, String headline, String opening, List<String> images,
			String journey, @Nullable String userId, StatusView status, Instant at) {

	}

	/** Something that could be down. */
	record HealthCheck(String name, boolean up, String state, String detail) {

	}

}
