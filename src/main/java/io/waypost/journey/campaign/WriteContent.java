package io.waypost.journey.campaign;

import io.waypost.agent.AgentFailed;
import io.waypost.campaign.CampaignContents;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/**
 * Step "Write words": planner, executor, evaluator and guardrail, once for each archetype
 * and variant.
 */
@Component("writeWords")
class WriteContent implements JavaDelegate {

	private final CampaignContents words;

	WriteContent(CampaignContents words) {
		this.words = words;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CampaignContext context = new CampaignContext(execution);
		try {
			this.words.write(context.tenant(), context.campaign());
		}
		catch (AgentFailed cannot) {
			throw new BpmnError("AGENT_FAILED", cannot.getMessage());
		}
	}

}
