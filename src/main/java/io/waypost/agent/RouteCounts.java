package io.waypost.agent;

import java.util.Locale;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.stereotype.Component;

/** Counts where each agent sends its messages. */
@Component
class RouteCounts {

	private static final String ROUTE = "waypost.agent.message.route";

	private final MeterRegistry meters;

	RouteCounts(MeterRegistry meters) {
		this.meters = meters;
	}

	Batch count(String agent, Batch batch) {
		for (Message message : batch.messages()) {
			count(agent, message.route().name().toLowerCase(Locale.ROOT));
		}
		return batch;
	}

	void count(String agent, String outcome) {
		this.meters.counter(ROUTE, "agent", agent, "outcome", outcome).increment();
	}

}
