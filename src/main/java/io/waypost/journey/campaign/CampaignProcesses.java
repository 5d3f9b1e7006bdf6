package io.waypost.journey.campaign;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.waypost.access.InvalidRequestException;
import io.waypost.campaign.CampaignProcess;
import io.waypost.delivery.NotClearedException;
import io.waypost.journey.engine.EngineCommand;
import io.waypost.journey.engine.tenant.TenantProcesses;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RuntimeService;

import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/**
 * Runs campaigns as process instances. The business key of a campaign's instance is the
 * campaign's id, that of a chunk the id and the chunk's number.
 */
@Component
class CampaignProcesses implements CampaignProcess {

	static final String CAMPAIGN = "campaign";

	static final String CHUNK = "campaign-chunk";

	private final RuntimeService engine;

	private final TenantProcesses processes;

	private final EngineCommand engineCommand;

	CampaignProcesses(RuntimeService engine, TenantProcesses processes, EngineCommand engineCommand) {
		this.engine = engine;
		this.processes = processes;
		this.engineCommand = engineCommand;
	}

	@Override
	public void start(TenantId tenant, CampaignId campaign) {
		try {
			this.processes.start(tenant, CAMPAIGN, (start) -> start.businessKey(campaign.toString())
				.setVariable(CampaignContext.CAMPAIGN, campaign.toString()));
		}
		catch (ProcessEngineException ex) {
			throw notCleared(ex).orElseThrow(() -> ex);
		}
	}

	/** The tenant's own model may reach a step that the stored facts do not allow. */
	private static Optional<RuntimeException> notCleared(ProcessEngineException failed) {
		return Stream.<Throwable>iterate(failed, Objects::nonNull, Throwable::getCause)
			.filter(NotClearedException.class::isInstance)
			.findFirst()
			.map((cause) -> InvalidRequestException.conflict(String.valueOf(cause.getMessage())));
	}

	@Override
	public boolean signal(TenantId tenant, CampaignId campaign, CampaignSignal signal) {
		try {
			return !this.engine.createMessageCorrelation(message(signal))
				.processInstanceBusinessKey(campaign.toString())
				.tenantId(tenant.value())
				.correlateAllWithResult()
				.isEmpty();
		}
		catch (OptimisticLockingException ex) {
			throw new OptimisticLockingFailureException("A step of the campaign is running; signal it again", ex);
		}
	}

	@Override
	public int failedChunks(TenantId tenant, CampaignId campaign) {
		return Math.toIntExact(this.engine.createProcessInstanceQuery()
			.processDefinitionKey(CHUNK)
			.processInstanceBusinessKeyLike(campaign + ":%")
			.tenantIdIn(tenant.value())
			.withIncident()
			.count());
	}

	/** Starts an instance for each chunk, all in one engine command. */
	void startChunks(TenantId tenant, CampaignId campaign, List<Integer> chunks) {
		this.engineCommand.run(() -> {
			chunks.forEach((chunk) -> startChunk(tenant, campaign, chunk));
			return chunks.size();
		});
	}

	private void startChunk(TenantId tenant, CampaignId campaign, int chunk) {
		this.processes.start(tenant, CHUNK,
				(start) -> start.businessKey(campaign + ":" + chunk)
					.setVariable(CampaignContext.CAMPAIGN, campaign.toString())
					.setVariable(CampaignContext.CHUNK, chunk));
	}

	private static String message(CampaignSignal signal) {
		return switch (signal) {
			case COPY_WRITTEN -> "Msg_CampaignCopyWritten";
			case CHUNKS_DONE -> "Msg_CampaignChunksDone";
			case SENT -> "Msg_CampaignSent";
			case RESUMED -> "Msg_CampaignResumed";
			case CANCELLED -> "Msg_CampaignCancelled";
		};
	}

}
