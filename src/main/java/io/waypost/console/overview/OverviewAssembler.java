package io.waypost.console.overview;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.access.PublicUrl;
import io.waypost.console.CountBar;
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

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Assembles the overview page. */
@Component
class OverviewAssembler {

	private static final Duration STATUS_PERIOD = Duration.ofDays(30);

	private static final String SAMPLE_COMMAND = """
			curl -u %s: -H 'Content-Type: application/json' %s/v1/track -d '{
			  "userId": "ada", "event": "Product Added",
			  "properties": {"cart_id": "cart-1", "product_id": "hazel-camp-lantern", "quantity": 1}}'""";

	private static final int TYPES = 8;

	private static final int MINUTES = 30;

	/** Processes that journeys and campaigns call; they are not journeys themselves. */
	private static final Set<String> CALLED = Set.of("personalised-message", "single-message", "campaign-chunk");

	private final EventCounts events;

	private final JourneyListAssembler journeys;

	private final SendLog sends;

	private final OpenReviews reviews;

	private final RecentSendPreviews outbox;

	private final HealthChecks health;

	private final RelativeTime relativeTime;

	private final Labels labels;

	private final Clock clock;

	private final String writeKey;

	private final PublicUrl publicUrl;

	OverviewAssembler(EventCounts events, JourneyListAssembler journeys, SendLog sends, OpenReviews reviews,
			RecentSendPreviews outbox, HealthChecks health, RelativeTime relativeTime, Labels labels, Clock clock,
			@Value("${waypost.sample:false}") boolean sample, PublicUrl publicUrl) {
		this.events = events;
		this.journeys = journeys;
		this.sends = sends;
		this.reviews = reviews;
		this.outbox = outbox;
		this.health = health;
		this.relativeTime = relativeTime;
		this.labels = labels;
		this.clock = clock;
		this.writeKey = sample ? "demo-write-key" : "WRITE_KEY";
		this.publicUrl = publicUrl;
	}

	OverviewView of(TenantId tenant) {
		Instant now = this.clock.instant();
		List<Long> perMinute = this.events.perMinute(tenant, now, MINUTES);
		EventCounts.Day day = this.events.lastDay(tenant, now);
		List<JourneyListItem> rows = this.journeys.all(tenant);
		List<SendStatusCount> counts = this.sends.countByStatus(tenant, now.minus(STATUS_PERIOD));
		List<OpenReview> open = this.reviews.of(tenant, 8);
		List<OverviewView.Tile> tiles = List.of(events(day.total(), perMinute), running(this.journeys.running(tenant)),
				sent(counts), openReviews(tenant, now));
		return new OverviewView(tiles, bars(day.byName()), Sparkline.bars(perMinute), sparklineDescription(perMinute),
				open.stream().map(this::task).toList(),
				rows.stream()
					.filter((row) -> row.running() > 0 || !row.elements().isEmpty() || isJourney(row))
					.toList(),
				SendStatusRows.of(counts, this.labels), this.outbox.latest(tenant), this.health.all(),
				SAMPLE_COMMAND.formatted(this.writeKey, this.publicUrl.of("")));
	}

	private static boolean isJourney(JourneyListItem row) {
		return !CALLED.contains(row.key());
	}

	private OverviewView.OpenTask task(OpenReview review) {
		String about = (review.due() != null)
				? this.labels.text("overview.task.due", review.template(),
						this.relativeTime.until(review.due(), this.clock.instant()))
				: this.labels.text("overview.task", review.template());
		return new OverviewView.OpenTask(review.createdAt(), "/messages/" + review.send(), review.name(), about);
	}

	private OverviewView.Tile events(long day, List<Long> perMinute) {
		return new OverviewView.Tile(this.labels.text("overview.tile.events"), "%,d".formatted(day),
				this.labels.text("overview.tile.events.note", perMinute.getLast()));
	}

	private OverviewView.Tile running(long running) {
		return new OverviewView.Tile(this.labels.text("overview.tile.running"), "%,d".formatted(running),
				this.labels.text("overview.tile.running.note"));
	}

	private OverviewView.Tile sent(List<SendStatusCount> counts) {
		long out = sum(counts, SendStatus.ACCEPTED) + sum(counts, SendStatus.DELIVERED);
		return new OverviewView.Tile(this.labels.text("overview.tile.sent"), "%,d".formatted(out),
				this.labels.text("overview.tile.sent.note", sum(counts, SendStatus.WITHHELD)));
	}

	private OverviewView.Tile openReviews(TenantId tenant, Instant now) {
		String oldest = this.reviews.oldest(tenant)
			.map((since) -> this.labels.text("overview.tile.reviews.note", this.relativeTime.ago(since, now)))
			.orElseGet(() -> this.labels.text("overview.reviews.empty"));
		return new OverviewView.Tile(this.labels.text("overview.reviews"), "%,d".formatted(this.reviews.count(tenant)),
				oldest);
	}

	private String sparklineDescription(List<Long> perMinute) {
		long sum = perMinute.stream().mapToLong(Long::longValue).sum();
		long most = perMinute.stream().mapToLong(Long::longValue).max().orElse(0);
		return this.labels.text("overview.sparkline", sum, perMinute.size(), most);
	}

	private static long sum(List<SendStatusCount> counts, SendStatus status) {
		return counts.stream().filter((row) -> row.status() == status).mapToLong(SendStatusCount::sends).sum();
	}

	private static List<CountBar> bars(Map<String, Long> counts) {
		long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(1);
		return counts.entrySet()
			.stream()
			.limit(TYPES)
			.map((entry) -> new CountBar(entry.getKey(), entry.getValue(), most))
			.toList();
	}

}
