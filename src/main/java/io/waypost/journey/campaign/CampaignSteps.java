package io.waypost.journey.campaign;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

import io.waypost.agent.AgentFailedException;
import io.waypost.agent.Route;
import io.waypost.campaign.CampaignApprovals;
import io.waypost.campaign.CampaignChunks;
import io.waypost.campaign.CampaignContents;
import io.waypost.campaign.CampaignExperiments;
import io.waypost.campaign.CampaignPreparation;
import io.waypost.campaign.Campaigns;
import io.waypost.journey.review.FormListener;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The steps of {@code processes/campaign.bpmn} and {@code processes/campaign-chunk.bpmn}.
 * The name of a method is the name of its bean, which models use as
 * {@code camunda:delegateExpression="${name}"}.
 */
@Configuration(proxyBeanMethods = false)
class CampaignSteps {

	@Bean
	JavaDelegate checkBrief(CampaignStart start) {
		return start::begin;
	}

	/** Asks whether the campaign needs the approval of a person. */
	@Bean
	JavaDelegate checkApproval(CampaignApprovals approvals) {
		return step((context) -> {
			CampaignApprovals.ApprovalResult approval = approvals.decide(context.tenant(), context.campaign());
			context.route(approval.route());
			context.reviewBy(approval.due(), approval.expiry());
		});
	}

	@Bean
	TaskListener approvalTask(CampaignApproval approvalForm) {
		return new FormListener(approvalForm::fill, approvalForm::decide);
	}

	@Bean
	JavaDelegate freezeAudience(CampaignPreparation preparation) {
		return step((context) -> context.route(preparation.freeze(context.tenant(), context.campaign())));
	}

	/** Lets the campaign wait while language models write copy for it. */
	@Bean
	JavaDelegate requestCampaignCopy(CampaignContents content) {
		return step((context) -> {
			Optional<Instant> until = content.requestCopy(context.tenant(), context.campaign());
			context.route(until.isPresent() ? Route.DEFER : Route.CONTINUE);
			until.ifPresent(context::copyUntil);
		});
	}

	/** Runs the chain of agents once for each archetype and variant. */
	@Bean
	JavaDelegate writeCampaignContent(CampaignContents content) {
		return step((context) -> {
			try {
				content.write(context.tenant(), context.campaign());
			}
			catch (AgentFailedException ex) {
				throw new BpmnError("AGENT_FAILED", ex.getMessage());
			}
		});
	}

	@Bean
	JavaDelegate checkCampaignContent(CampaignContents content) {
		return step((context) -> {
			CampaignContents.ContentReviewState reviewState = content.reviewState(context.tenant(), context.campaign());
			context.route(reviewState.route());
			context.flagged(reviewState.flagged());
			context.reviewBy(reviewState.due(), reviewState.expiry());
		});
	}

	@Bean
	TaskListener contentReviewTask(ContentReview contentReview) {
		return new FormListener(contentReview::fill, contentReview::decide);
	}

	@Bean
	JavaDelegate applyContentReview(CampaignContents content) {
		return step((context) -> content.applyDecision(context.tenant(), context.campaign(), context.content(), false));
	}

	@Bean
	JavaDelegate expireContentReview(CampaignContents content) {
		return step((context) -> content.applyDecision(context.tenant(), context.campaign(), context.content(), true));
	}

	@Bean
	JavaDelegate startTestChunks(CampaignChunks chunks, CampaignProcesses processes) {
		return step((context) -> {
			CampaignChunks.StartedChunks started = chunks.startTest(context.tenant(), context.campaign());
			context.testUntil(started.until());
			processes.startChunks(context.tenant(), context.campaign(), started.chunks());
		});
	}

	/** Asks the experiment for the variant to send, or how long to wait for it. */
	@Bean
	JavaDelegate chooseWinner(CampaignExperiments experiments) {
		return step((context) -> {
			CampaignExperiments.RolloutDecision decision = experiments.decideRollout(context.tenant(),
					context.campaign());
			context.route(decision.route());
			Optional.ofNullable(decision.until()).ifPresent(context::testUntil);
		});
	}

	@Bean
	JavaDelegate startRolloutChunks(CampaignChunks chunks, CampaignProcesses processes) {
		return step((context) -> processes.startChunks(context.tenant(), context.campaign(),
				chunks.startRollout(context.tenant(), context.campaign()).chunks()));
	}

	/** Starts the chunks that a pause has stopped. */
	@Bean
	JavaDelegate startWaitingChunks(CampaignChunks chunks, CampaignProcesses processes) {
		return step((context) -> processes.startChunks(context.tenant(), context.campaign(),
				chunks.startWaiting(context.tenant(), context.campaign()).chunks()));
	}

	@Bean
	JavaDelegate checkDeferredRecipients(CampaignChunks chunks) {
		return step((context) -> {
			Optional<Instant> next = chunks.nextWindow(context.tenant(), context.campaign());
			context.route(next.isPresent() ? Route.DEFER : Route.CONTINUE);
			next.ifPresent(context::deferUntil);
		});
	}

	@Bean
	JavaDelegate completeCampaign(Campaigns campaigns) {
		return step((context) -> campaigns.complete(context.tenant(), context.campaign()));
	}

	/**
	 * Ends a campaign that sent nothing, with the reason of the model if it gives one.
	 */
	@Bean
	JavaDelegate closeCampaign(Campaigns campaigns) {
		return step(
				(context) -> campaigns.fail(context.tenant(), context.campaign(), context.givenReason().orElse(null)));
	}

	@Bean
	JavaDelegate claimChunk(CampaignChunks chunks) {
		return step((context) -> context.route(chunks.claim(context.tenant(), context.campaign(), context.chunk())));
	}

	@Bean
	JavaDelegate loadClearedContent(CampaignChunks chunks) {
		return step((context) -> chunks.loadContents(context.campaign(), context.chunk()));
	}

	/** Decides permission, send window, variant and content for each recipient. */
	@Bean
	JavaDelegate decideRecipients(CampaignChunks chunks) {
		return step((context) -> chunks.decide(context.campaign(), context.chunk()));
	}

	@Bean
	JavaDelegate queueChunkSends(CampaignChunks chunks) {
		return step((context) -> chunks.queue(context.campaign(), context.chunk()));
	}

	private static JavaDelegate step(Consumer<CampaignContext> work) {
		return (execution) -> work.accept(new CampaignContext(execution));
	}

}
