package io.waypost.journey.campaign;

import java.time.Instant;
import java.util.Optional;

import io.waypost.agent.Route;
import io.waypost.campaign.CampaignChunks;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Step "Look for later windows": was anybody put off? */
@Component("laterWindows")
class LaterWindows implements JavaDelegate {

	private final CampaignChunks chunks;

	LaterWindows(CampaignChunks chunks) {
		this.chunks = chunks;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CampaignContext context = new CampaignContext(execution);
		Optional<Instant> next = this.chunks.nextWindow(context.tenant(), context.campaign());
		context.route(next.isPresent() ? Route.DEFER : Route.CONTINUE);
		next.ifPresent(context::deferUntil);
	}

}
