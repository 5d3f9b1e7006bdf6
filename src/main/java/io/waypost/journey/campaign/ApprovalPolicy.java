package io.waypost.journey.campaign;

import io.waypost.campaign.CampaignApprovals;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Step "Check approval": may the campaign begin by itself? */
@Component("approvalPolicy")
class ApprovalPolicy implements JavaDelegate {

	private final CampaignApprovals approvals;

	ApprovalPolicy(CampaignApprovals approvals) {
		this.approvals = approvals;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CampaignContext context = new CampaignContext(execution);
		CampaignApprovals.ApprovalResult ruling = this.approvals.decide(context.tenant(), context.campaign());
		context.route(ruling.route());
		context.reviewBy(ruling.due(), ruling.expiry());
	}

}
