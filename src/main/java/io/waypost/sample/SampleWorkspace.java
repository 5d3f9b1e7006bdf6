package io.waypost.sample;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.kernel.TenantId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Fills the sample workspace step by step. Each step commits with the mark that says it
 * is done, and message ids are fixed, so it may be killed at any moment and goes on at
 * the next start.
 */
@Component
@ConditionalOnSample
class SampleWorkspace {

	static final TenantId TENANT = new TenantId("demo");

	private static final Logger log = LoggerFactory.getLogger(SampleWorkspace.class);

	private static final int PEOPLE_AT_ONCE = 80;

	private final Progress progress;

	private final Shelves shelves;

	private final Meanings meanings;

	private final FrontDoor door;

	private final LiveScene scene;

	private final CampaignScene campaigns;

	private final TransactionTemplate transaction;

	private final Clock clock;

	private final String baseUrl;

	private final int people;

	private final Assortment assortment = new Assortment();

	SampleWorkspace(Progress progress, Shelves shelves, Meanings meanings, FrontDoor door, LiveScene scene,
			CampaignScene campaigns, TransactionTemplate transaction, Clock clock,
			@Value("${waypost.public-url}") String baseUrl, @Value("${waypost.sample-people:2000}") int people) {
		this.progress = progress;
		this.shelves = shelves;
		this.meanings = meanings;
		this.door = door;
		this.scene = scene;
		this.campaigns = campaigns;
		this.transaction = transaction;
		this.clock = clock;
		this.baseUrl = baseUrl;
		this.people = people;
	}

	/** Fills what is missing; stops between two steps when the thread is interrupted. */
	void fill() {
		Instant begun = this.clock.instant();
		Progress.Mark mark = this.progress.begin(TENANT);
		this.transaction.executeWithoutResult((status) -> this.meanings.define(TENANT));
		SourceMessages messages = new SourceMessages(this.baseUrl, "marketing");
		if (!mark.shelves()) {
			fillShelves(messages);
		}
		if (!mark.finished()) {
			int events = fillPeople(mark, messages);
			if (Thread.currentThread().isInterrupted()) {
				return;
			}
			this.scene.play(TENANT, this.assortment, messages, this.people);
			this.progress.finished(TENANT);
			log.info("The sample workspace is filled: {} products, {} people, {} events in {} s",
					this.assortment.all().size(), this.people, events,
					Duration.between(begun, this.clock.instant()).toMillis() / 1_000.0);
		}
		this.scene.welcomeAda(TENANT, this.assortment, messages);
		this.campaigns.play(TENANT, mark.anchor(), this.people);
	}

	private void fillShelves(SourceMessages messages) {
		this.transaction.executeWithoutResult((status) -> {
			this.shelves.fill(TENANT, this.assortment, messages, this.baseUrl);
			this.progress.shelvesFilled(TENANT);
		});
	}

	private int fillPeople(Progress.Mark mark, SourceMessages messages) {
		Population population = new Population(this.assortment.categories(), mark.anchor());
		History history = new History(this.assortment, messages);
		int events = 0;
		int reached = mark.people();
		while (reached < this.people && !Thread.currentThread().isInterrupted()) {
			int next = Math.min(reached + PEOPLE_AT_ONCE, this.people);
			List<ObjectNode> batch = new ArrayList<>();
			IntStream.rangeClosed(reached + 1, next)
				.forEach((number) -> batch.addAll(history.of(population.shopper(number))));
			events += this.door.take(TENANT, batch);
			this.progress.reached(TENANT, next);
			if (next / 500 > reached / 500) {
				log.info("Filling the sample workspace: {} of {} people", next, this.people);
			}
			reached = next;
		}
		return events;
	}

}
