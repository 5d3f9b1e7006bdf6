package io.waypost.journey.engine;

import java.util.Set;

import io.waypost.journey.engine.identity.EngineCaller;
import org.camunda.bpm.engine.history.JobState;
import org.camunda.bpm.engine.impl.history.event.HistoricFormPropertyEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricJobLogEvent;
import org.camunda.bpm.engine.impl.history.event.HistoricVariableUpdateEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.event.UserOperationLogEntryEventEntity;
import org.camunda.bpm.engine.impl.history.handler.DbHistoryEventHandler;

/**
 * Keeps the history of activities, but of variables only the ids that lead to our own
 * tables; the explanation of a send has the rest. So nothing that a reviewer sees or
 * types reaches a history table, and a message costs fewer rows. Operations on shared
 * rows, such as the start of a shared model, are logged for the caller's tenant.
 */
final class ReducedHistoryEventHandler extends DbHistoryEventHandler {

	private static final Set<String> KEPT = Set.of("runId", "sendId", "reviewDecision", "campaignId", "chunk",
			"contentId");

	/** Job log states that activities show already. */
	private static final Set<Integer> IGNORED_STATES = Set.of(JobState.CREATED.getStateCode(),
			JobState.SUCCESSFUL.getStateCode());

	@Override
	public void handleEvent(HistoryEvent event) {
		if (event instanceof HistoricFormPropertyEventEntity) {
			return;
		}
		if (event instanceof HistoricJobLogEvent job && IGNORED_STATES.contains(job.getState())) {
			return;
		}
		if (event instanceof HistoricVariableUpdateEventEntity variable && !KEPT.contains(variable.getVariableName())) {
			return;
		}
		if (event instanceof UserOperationLogEntryEventEntity operation && operation.getTenantId() == null) {
			operation.setTenantId(EngineCaller.tenant().orElse(null));
		}
		super.handleEvent(event);
	}

	/**
	 * The newest value is enough; each step's own values are in the send's explanation.
	 */
	@Override
	protected boolean shouldWriteHistoricDetail(HistoricVariableUpdateEventEntity event) {
		return false;
	}

}
