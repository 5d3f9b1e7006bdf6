package io.waypost.journey.step;

import java.util.List;

import io.waypost.agent.MessageRequest;
import io.waypost.agent.Route;
import io.waypost.agent.Trigger;
import io.waypost.journey.message.PendingMessages;
import io.waypost.journey.run.JourneyRunRepository;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Checks whether the reason of a run still holds after a wait. */
@Component
class RunRecheck {

	private final JourneyRunRepository runs;

	private final PendingMessages messages;

	private final Trigger trigger;

	RunRecheck(JourneyRunRepository runs, PendingMessages messages, Trigger trigger) {
		this.runs = runs;
		this.messages = messages;
		this.trigger = trigger;
	}

	/**
	 * Decides the route. A pending message that the run has not received counts like a
	 * received one.
	 */
	Route route(TenantId tenant, JourneyRunId run) {
		if (this.messages.existsFor(tenant, run)) {
			return Route.STOP;
		}
		MessageRequest request = this.runs.request(tenant, run, "check")
			.orElseThrow(() -> new IllegalStateException("No journey run " + run));
		return this.trigger.recheck(tenant, List.of(request)).getFirst().valid() ? Route.CONTINUE : Route.STOP;
	}

}
