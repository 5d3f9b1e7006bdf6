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
class SampleWorkspaceLoader {

	static final TenantId TENANT = new TenantId("demo");

	private static final Logger log = LoggerFactory.getLogger(SampleWorkspaceLoader.class);

	private static final int PEOPLE_AT_ONCE = 80;

	private final SampleProgress progress;

	private final SampleContent shelves;

	private final SampleSegments meanings;

	private final SampleEventSender door;

	private final SampleLiveEvents scene;

	private final SampleCampaigns campaigns;

	private final TransactionTemplate transaction;

	private final Clock clock;

	private final String baseUrl;

	private final int people;

	private final SampleCatalogue assortment = new SampleCatalogue();

	SampleWorkspaceLoader(SampleProgress progress, SampleContent shelves, SampleSegments meanings,
			SampleEventSender door, SampleLiveEvents scene, SampleCampaigns campaigns, TransactionTemplate transaction,
			Clock clock, @Value("${waypost.public-url}") String baseUrl,
			@Value("${waypost.sample-people:2000}") int people) {
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
		SampleProgress.ProgressState mark = this.progress.begin(TENANT);
		this.transaction.executeWithoutResult((status) -> this.meanings.define(TENANT));
		TrackingMessages messages = new TrackingMessages(this.baseUrl, "marketing");
		if (!mark.contentLoaded()) {
			fillShelves(messages);
		}
		if (!mark.finished()) {
			int events = fillPeople(mark, messages);
			if (Thread.currentThread().isInterrupted()) {
				return;
			}
			this.scene.send(TENANT, this.assortment, messages, this.people);
			this.progress.finished(TENANT);
			log.info("The sample workspace is filled: {} products, {} people, {} events in {} s",
					this.assortment.all().size(), this.people, events,
					Duration.between(begun, this.clock.instant()).toMillis() / 1_000.0);
		}
		this.scene.sendDemoShopper(TENANT, this.assortment, messages);
		this.campaigns.launchMissing(TENANT, mark.anchor(), this.people);
	}

	private void fillShelves(TrackingMessages messages) {
		this.transaction.executeWithoutResult((status) -> {
			this.shelves.fill(TENANT, this.assortment, messages, this.baseUrl);
			this.progress.contentLoaded(TENANT);
		});
	}

	private int fillPeople(SampleProgress.ProgressState mark, TrackingMessages messages) {
		ShopperGenerator population = new ShopperGenerator(this.assortment.categories(), mark.anchor());
		ShopperHistory history = new ShopperHistory(this.assortment, messages);
		int events = 0;
		int reached = mark.people();
		while (reached < this.people && !Thread.currentThread().isInterrupted()) {
			int next = Math.min(reached + PEOPLE_AT_ONCE, this.people);
			List<ObjectNode> batch = new ArrayList<>();
			IntStream.rangeClosed(reached + 1, next)
				.forEach((number) -> batch.addAll(history.of(population.shopper(number))));
			events += this.door.send(TENANT, batch);
			this.progress.reached(TENANT, next);
			if (next / 500 > reached / 500) {
				log.info("Filling the sample workspace: {} of {} people", next, this.people);
			}
			reached = next;
		}
		return events;
	}

}
