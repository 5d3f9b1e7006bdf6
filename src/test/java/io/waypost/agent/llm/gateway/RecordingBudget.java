package io.waypost.agent.llm.gateway;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.waypost.agent.llm.TokenUsage;
import io.waypost.agent.llm.budget.ModelBudget;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/** A budget in memory that records what is reserved, settled and released. */
class RecordingBudget implements ModelBudget {

	final List<SpendRequest> requests = new ArrayList<>();

	final List<String> events = new ArrayList<>();

	final List<CallResult> results = new ArrayList<>();

	SpendLevel level = SpendLevel.NORMAL;

	int refuseFrom = Integer.MAX_VALUE;

	@Override
	public SpendLevel level(TenantId tenant, @Nullable CampaignId campaign, int recipients) {
		return this.level;
	}

	@Override
	public SpendDecision reserve(SpendRequest request) {
		if (this.requests.size() + 1 >= this.refuseFrom) {
			return new SpendDecision.Refused("day", "$2000 of $2000 are used");
		}
		this.requests.add(request);
		this.events.add("reserve " + request.model());
		return new SpendDecision.Reserved(request.tenant(), new UUID(0, this.requests.size()), new BigDecimal("0.01"));
	}

	@Override
	public BigDecimal settle(SpendDecision.Reserved call, CallResult result, @Nullable TokenUsage usage) {
		this.results.add(result);
		this.events.add("settle " + result.outcome() + ((usage != null) ? " " + text(usage) : ""));
		return new BigDecimal((usage != null) ? "0.002" : "0.01");
	}

	private static String text(TokenUsage usage) {
		return usage.input() + "/" + usage.cacheRead() + "/" + usage.cacheWrite() + "/" + usage.output();
	}

	@Override
	public void release(SpendDecision.Reserved call, CallResult result) {
		this.results.add(result);
		this.events.add("release " + result.outcome());
	}

}
