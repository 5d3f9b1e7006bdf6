package io.waypost.console.overview;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.console.Labels;
import io.waypost.console.RelativeTime;
import io.waypost.console.journeys.JourneyListAssembler;
import io.waypost.console.journeys.JourneyListItem;
import io.waypost.console.messages.SendStatusRows;
import io.waypost.delivery.SendLog;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.SendStatusCount;
import io.waypost.ingestion.EventCounts;
import io.waypost.journey.OpenReview;
import io.waypost.journey.OpenReviews;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Gathers the overview. */
@Component
class OverviewAssembler {

	private static final Duration STATES_OF = Duration.ofDays(30);

	private static final int TYPES = 8;

	private static final int MINUTES = 30;

	/** The processes that journeys and campaigns call. */
	private static final Set<String> CALLED = Set.of("personalised-message", "single-message", "campaign-chunk");

	private final EventCounts events;

	private final JourneyListAssembler journeys;

	private final SendLog sends;

	private final OpenReviews reviews;

	private final RecentSendPreviews outbox;

	private final HealthChecks health;

	private final Labels words;

	private final Clock clock;

	OverviewAssembler(EventCounts events, JourneyListAssembler journeys, SendLog sends, OpenReviews reviews,
			RecentSendPreviews outbox, HealthChecks health, Labels words, Clock clock) {
		this.events = events;
		this.journeys = journeys;
		this.sends = sends;
		this.reviews = reviews;
		this.outbox = outbox;
		this.health = health;
		this.words = words;
		this.clock = clock;
	}

	OverviewView of(TenantId tenant) {
		Instant now = this.clock.instant();
		List<Long> perMinute = this.events.perMinute(tenant, now, MINUTES);
		EventCounts.Day day = this.events.lastDay(tenant, now);
		List<JourneyListItem> rows = this.journeys.all(tenant);
		List<SendStatusCount> counts = this.sends.countByStatus(tenant, now.minus(STATES_OF));
		List<OpenReview> waiting = this.reviews.of(tenant, 8);
		List<OverviewView.Tile> tiles = List.of(events(day.total(), perMinute), running(this.journeys.people(tenant)),
				sent(counts), waiting(waiting, now));
		return new OverviewView(tiles, bars(day.byName()), Sparkline.bars(perMinute), Sparkline.description(perMinute),
				waiting.stream().map(this::task).toList(),
				rows.stream().filter((row) -> row.running() > 0 || !row.places().isEmpty() || isJourney(row)).toList(),
				SendStatusRows.of(counts, this.words), this.outbox.latest(tenant), this.health.all(),
				SampleCommand.COMMAND);
	}

	/** The processes that journeys call are no journeys of their own. */
	private static boolean isJourney(JourneyListItem row) {
		return !CALLED.contains(row.key());
	}

	private OverviewView.OpenTask task(OpenReview review) {
		String due = (review.due() != null) ? ", due " + RelativeTime.until(review.due(), this.clock.instant()) : "";
		return new OverviewView.OpenTask(review.createdAt(), "/sends/" + review.send(), review.name(),
				"template “%s”%s".formatted(review.template(), due));
	}

	private static OverviewView.Tile events(long day, List<Long> perMinute) {
		return new OverviewView.Tile("Events", "%,d".formatted(day),
				"in the last 24 hours · %,d in the last minute".formatted(perMinute.getLast()));
	}

	private static OverviewView.Tile running(long running) {
		return new OverviewView.Tile("People in journeys", "%,d".formatted(running), "now, in all journeys");
	}

	private static OverviewView.Tile sent(List<SendStatusCount> counts) {
		long out = sum(counts, SendStatus.ACCEPTED) + sum(counts, SendStatus.DELIVERED);
		return new OverviewView.Tile("Messages sent", "%,d".formatted(out),
				"in the last 30 days · %,d withheld".formatted(sum(counts, SendStatus.WITHHELD)));
	}

	private static OverviewView.Tile waiting(List<OpenReview> waiting, Instant now) {
		String oldest = waiting.stream()
			.map(OpenReview::createdAt)
			.min(Instant::compareTo)
			.map((since) -> "the oldest came " + RelativeTime.ago(since, now))
			.orElse("nothing to decide");
		return new OverviewView.Tile("Waiting for a person", "%,d".formatted(waiting.size()), oldest);
	}

	private static long sum(List<SendStatusCount> counts, SendStatus status) {
		return counts.stream().filter((row) -> row.status() == status).mapToLong(SendStatusCount::sends).sum();
	}

	private static List<OverviewView.CountBar> bars(Map<String, Long> counts) {
		long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(1);
		return counts.entrySet()
			.stream()
			.limit(TYPES)
			.map((entry) -> new OverviewView.CountBar(entry.getKey(), entry.getValue(), most))
			.toList();
	}

}
