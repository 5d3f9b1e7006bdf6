package io.waypost.journey.campaign;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.waypost.agent.Route;
import io.waypost.journey.engine.tenant.EngineTenant;
import io.waypost.journey.engine.web.FormRefusedException;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.jspecify.annotations.Nullable;

/**
 * The typed view of a campaign's process variables: ids, counts and flags, never content
 * and never personal data.
 */
final class CampaignContext {

	static final String CAMPAIGN = "campaignId";

	static final String CHUNK = "chunk";

	static final String CONTENT = "contentId";

	static final String ROUTE = "route";

	static final String DECISION = "reviewDecision";

	/** Data of the form, task-local and not kept in history. */
	static final String FORM = "review";

	private final VariableScope scope;

	CampaignContext(VariableScope scope) {
		this.scope = scope;
	}

	/** Reads the tenant from the engine's row, which no model can change. */
	TenantId tenant() {
		return EngineTenant.of(this.scope);
	}

	CampaignId campaign() {
		return CampaignId.of(text(CAMPAIGN));
	}

	Optional<CampaignId> campaignIfKnown() {
		return Optional.ofNullable(this.scope.getVariable(CAMPAIGN)).map(CampaignContext::campaign);
	}

	private static CampaignId campaign(Object id) {
		try {
			return CampaignId.of(id.toString());
		}
		catch (IllegalArgumentException ex) {
			throw new FormRefusedException(
					"The variable campaignId must be a UUID, but it is '%s'; GET /api/v1/campaigns lists the campaigns"
						.formatted(id));
		}
	}

	int chunk() {
		return Integer.parseInt(text(CHUNK));
	}

	UUID content() {
		return UUID.fromString(text(CONTENT));
	}

	/** Reads the reason that the model gives as an input of this step. */
	Optional<String> givenReason() {
		return Optional.ofNullable((String) this.scope.getVariableLocal("reason"));
	}

	/** Reads the fields of the brief, which are all variables. */
	Map<String, Object> brief() {
		return this.scope.getVariables();
	}

	void begin(CampaignId campaign, @Nullable Instant schedule, boolean withTest) {
		this.scope.setVariable(CAMPAIGN, campaign.toString());
		this.scope.setVariable("scheduled", schedule != null);
		this.scope.setVariable("startAt", (schedule != null) ? Date.from(schedule) : null);
		this.scope.setVariable("withTest", withTest);
	}

	void route(Route route) {
		this.scope.setVariable(ROUTE, route.name());
	}

	void decision(boolean approved) {
		this.scope.setVariable(DECISION, approved ? "APPROVED" : "REJECTED");
	}

	void reviewBy(@Nullable Instant due, @Nullable Instant expiry) {
		this.scope.setVariable("reviewDue", (due != null) ? Date.from(due) : null);
		this.scope.setVariable("reviewExpiry", (expiry != null) ? Date.from(expiry) : null);
	}

	void flagged(List<UUID> contents) {
		this.scope.setVariable("flagged", new ArrayList<>(contents.stream().map(UUID::toString).toList()));
	}

	void copyUntil(Instant until) {
		this.scope.setVariable("copyUntil", Date.from(until));
	}

	void testUntil(Instant until) {
		this.scope.setVariable("testUntil", Date.from(until));
	}

	void deferUntil(Instant until) {
		this.scope.setVariable("deferUntil", Date.from(until));
	}

	private String text(String name) {
		Object value = this.scope.getVariable(name);
		if (value == null) {
			throw new IllegalStateException("Process variable '%s' is missing".formatted(name));
		}
		return value.toString();
	}

}
