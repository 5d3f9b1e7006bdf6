package io.waypost.console.overview;

import java.time.Instant;
import java.util.List;

import io.waypost.console.CountBar;
import io.waypost.console.StatusView;
import io.waypost.console.journeys.JourneyListItem;
import io.waypost.console.messages.SendStatusRow;
import org.jspecify.annotations.Nullable;

/**
 * The overview page.
 *
 * @param tiles key numbers
 * @param eventTypes incoming events by name, most frequent first
 * @param sparkline events per minute
 * @param sparklineDescription text alternative of the sparkline
 * @param tasks open reviews
 * @param journeys journeys with their current positions
 * @param sendStatuses messages by status
 * @param recentSends messages sent last
 * @param health health of each component
 * @param sampleCommand a command that sends a test event
 */
record OverviewView(List<Tile> tiles, List<CountBar> eventTypes, List<SparkBar> sparkline, String sparklineDescription,
		List<OpenTask> tasks, List<JourneyListItem> journeys, List<SendStatusRow> sendStatuses,
		List<RecentSendPreview> recentSends, List<HealthCheck> health, String sampleCommand) {

	public boolean isHealthy() {
		return this.health.stream().allMatch(HealthCheck::up);
	}

	/** A key number with its period. */
	record Tile(String name, String number, String note) {

	}

	/** A bar of the sparkline, in a box of 300 x 50. */
	record SparkBar(double x, double y, double height) {

	}

	/** An open review. */
	record OpenTask(Instant since, String href, String name, String about) {

	}

	/** A sent message. */
	record RecentSendPreview(String id, String subject, String headline, String opening, List<String> images,
			String journey, @Nullable String userId, StatusView status, Instant at) {

	}

	/** Health of a component. */
	record HealthCheck(String name, boolean up, String state, String detail) {

	}

}
