package io.waypost.journey.campaign;

import java.util.Locale;
import java.util.Objects;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.access.Caller;
import io.waypost.campaign.Campaign;
import io.waypost.campaign.CampaignApprovals;
import io.waypost.campaign.CampaignBrief;
import io.waypost.campaign.Campaigns;
import io.waypost.journey.engine.identity.EngineCaller;
import io.waypost.journey.engine.web.FormRefusedException;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.spin.plugin.variable.SpinValues;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Fills and reads the form {@code forms/approve-campaign.form}. */
@Component
class CampaignApproval {

	private static final int MAX_REASON = 1_000;

	private final Campaigns campaigns;

	private final CampaignApprovals approvals;

	private final EngineCaller signedIn;

	private final ObjectMapper mapper;

	private final MessageSource messages;

	CampaignApproval(Campaigns campaigns, CampaignApprovals approvals, EngineCaller signedIn, ObjectMapper mapper,
			MessageSource messages) {
		this.campaigns = campaigns;
		this.approvals = approvals;
		this.signedIn = signedIn;
		this.mapper = mapper;
		this.messages = messages;
	}

	void fill(DelegateTask task) {
		CampaignContext context = new CampaignContext(task);
		Campaign campaign = this.campaigns.find(context.tenant(), context.campaign()).orElseThrow();
		CampaignBrief brief = campaign.brief();
		ObjectNode form = this.mapper.createObjectNode();
		form.put("title", brief.name());
		form.put("why", reason(campaign.reason()));
		form.put("size", campaign.size());
		form.put("segment", brief.segment());
		form.put("template", brief.template());
		ArrayNode facts = form.putArray("facts");
		fact(facts, "Goal", brief.goal());
		fact(facts, "Category", brief.category());
		fact(facts, "Start", (brief.schedule() != null) ? brief.schedule() : "when approved");
		fact(facts, "A/B test", (brief.test() != null) ? "%s, %s %% of the recipients for %s"
			.formatted(brief.test().names(), brief.test().percent(), brief.test().duration()) : "none");
		fact(facts, "Control group", brief.holdoutPercent() + " %");
		fact(facts, "Created by", campaign.createdBy());
		task.setVariableLocal(CampaignContext.FORM, SpinValues.jsonValue(form.toString()).create());
	}

	private String reason(@Nullable String code) {
		String known = Objects.requireNonNullElse(code, "approval_required");
		return Objects.requireNonNullElse(
				this.messages.getMessage("reason." + known, null, known.replace('_', ' '), Locale.ENGLISH), known);
	}

	void decide(DelegateTask task) {
		if (!this.signedIn.isReviewer()) {
			throw refused("decision", "must come from a user with the role reviewer");
		}
		JsonNode form = form(task);
		String reason = form.path("reason").asText("").strip();
		boolean approved = switch (form.path("decision").asText("").toLowerCase(Locale.ROOT)) {
			case "approved" -> true;
			case "rejected" -> false;
			default -> throw refused("decision", "must be approved or rejected");
		};
		if (!approved && (reason.length() < 3 || reason.length() > MAX_REASON)) {
			throw refused("reason", "must have 3 to %d characters".formatted(MAX_REASON));
		}
		CampaignContext context = new CampaignContext(task);
		String person = this.signedIn.name().orElseGet(() -> Objects.requireNonNullElse(task.getAssignee(), "unknown"));
		String actor = Caller.actor(person);
		if (approved && !this.signedIn.isAdmin()
				&& this.approvals.isSelfApproval(context.tenant(), context.campaign(), actor)) {
			throw refused("decision",
					"must come from another reviewer: the user who created or launched a campaign may not approve it, neither with an API token of the same user or of no user");
		}
		this.approvals.recordDecision(context.tenant(), context.campaign(), actor, approved, approved ? null : reason);
		new CampaignContext(task.getExecution()).decision(approved);
	}

	private JsonNode form(DelegateTask task) {
		try {
			return this.mapper.readTree(String.valueOf((Object) task.getVariableLocal(CampaignContext.FORM)));
		}
		catch (JsonProcessingException ex) {
			throw refused("", "must be a JSON object");
		}
	}

	private static void fact(ArrayNode facts, String name, @Nullable Object value) {
		if (value != null) {
			facts.addObject().put("name", name).put("value", value.toString());
		}
	}

	private static FormRefusedException refused(String field, String detail) {
		return FormRefusedException.ofField(CampaignContext.FORM, field, detail);
	}

}
