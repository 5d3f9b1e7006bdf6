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
 * Loads the sample workspace step by step. Each step commits together with its progress,
 * and message ids are fixed, so loading can be interrupted at any time and continues at
 * the next start.
 */
@Component
@ConditionalOnSample
class SampleWorkspaceLoader {

	static final TenantId TENANT = new TenantId("demo");

	private static final Logger logger = LoggerFactory.getLogger(SampleWorkspaceLoader.class);

	private static final int PEOPLE_PER_BATCH = 80;

	private static final int PEOPLE_PER_LOG_LINE = 500;

	private final SampleProgress progress;

	private final SampleContent content;

	private final SampleSegments segments;

	private final SampleEventSender sender;

	private final SampleLiveEvents liveEvents;

	private final DemoShopper demoShopper;

	private final SampleCampaigns campaigns;

	private final TransactionTemplate transaction;

	private final Clock clock;

	private final String baseUrl;

	private final int people;

	private final SampleCatalogue catalogue = new SampleCatalogue();

	SampleWorkspaceLoader(SampleProgress progress, SampleContent content, SampleSegments segments,
			SampleEventSender sender, SampleLiveEvents liveEvents, DemoShopper demoShopper, SampleCampaigns campaigns,
			TransactionTemplate transaction, Clock clock, @Value("${waypost.public-url}") String baseUrl,
			@Value("${waypost.sample-people:2000}") int people) {
		this.progress = progress;
		this.content = content;
		this.segments = segments;
		this.sender = sender;
		this.liveEvents = liveEvents;
		this.demoShopper = demoShopper;
		this.campaigns = campaigns;
		this.transaction = transaction;
		this.clock = clock;
		this.baseUrl = baseUrl;
		this.people = people;
	}

	/** Loads what is missing; stops between two steps if the thread is interrupted. */
	void load() {
		Instant start = this.clock.instant();
		SampleProgress.ProgressState state = this.progress.begin(TENANT);
		this.transaction.executeWithoutResult((status) -> this.segments.define(TENANT));
		TrackingMessages messages = new TrackingMessages(this.baseUrl, "marketing");
		if (!state.contentLoaded()) {
			loadContent(messages);
		}
		if (!state.finished()) {
			int events = loadPeople(state, messages);
			if (Thread.currentThread().isInterrupted()) {
				return;
			}
			this.liveEvents.send(TENANT, this.catalogue, messages, this.people);
			this.progress.finished(TENANT);
			logger.info("The sample workspace is loaded: {} products, {} people, {} events in {} s",
					this.catalogue.all().size(), this.people, events,
					Duration.between(start, this.clock.instant()).toMillis() / 1_000.0);
		}
		this.demoShopper.send(TENANT, this.catalogue, messages);
		this.campaigns.launchMissing(TENANT, state.anchor(), this.people);
	}

	private void loadContent(TrackingMessages messages) {
		this.transaction.executeWithoutResult((status) -> {
			this.content.load(TENANT, this.catalogue, messages, this.baseUrl);
			this.progress.contentLoaded(TENANT);
		});
	}

	private int loadPeople(SampleProgress.ProgressState state, TrackingMessages messages) {
		ShopperGenerator generator = new ShopperGenerator(this.catalogue.categories(), state.anchor());
		ShopperHistory history = new ShopperHistory(this.catalogue, messages);
		int events = 0;
		int loaded = state.people();
		while (loaded < this.people && !Thread.currentThread().isInterrupted()) {
			int next = Math.min(loaded + PEOPLE_PER_BATCH, this.people);
			List<ObjectNode> batch = new ArrayList<>();
			IntStream.rangeClosed(loaded + 1, next)
				.forEach((number) -> batch.addAll(history.of(generator.shopper(number))));
			events += this.sender.send(TENANT, batch);
			this.progress.peopleLoaded(TENANT, next);
			if (next / PEOPLE_PER_LOG_LINE > loaded / PEOPLE_PER_LOG_LINE) {
				logger.info("Loading the sample workspace: {} of {} people", next, this.people);
			}
			loaded = next;
		}
		return events;
	}

}
