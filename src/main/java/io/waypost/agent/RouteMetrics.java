package io.waypost.agent;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.delivery.SendStatus;

import org.springframework.stereotype.Component;

/** Counts messages by agent and route. */
@Component
public class RouteMetrics {

	private static final String ROUTE = "waypost.agent.message.route";

	private final MeterRegistry meters;

	public RouteMetrics(MeterRegistry meters) {
		this.meters = meters;
	}

	Batch count(String agent, Batch batch) {
		for (Message message : batch.messages()) {
			count(agent, message.route().name().toLowerCase(Locale.ROOT));
		}
		return batch;
	}

	/** Counts messages by their new status and reason. */
	void countStatus(SendStatus status, List<Message> messages) {
		for (Message message : messages) {
			this.meters
				.counter("waypost.agent.send.status", "outcome", status.name().toLowerCase(Locale.ROOT), "reason",
						Objects.requireNonNullElse(message.reason(), ""))
				.increment();
		}
	}

	void count(String agent, String outcome) {
		this.meters.counter(ROUTE, "agent", agent, "outcome", outcome).increment();
	}

}
