package io.waypost.campaign;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.waypost.agent.Route;
import io.waypost.campaign.brief.CampaignBriefValidator;
import io.waypost.content.Template;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import io.waypost.policy.DecisionResult;
import io.waypost.policy.DecisionTableEvaluator;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Whether a campaign may begin by itself, by {@code dmn/approval-required.dmn}. */
@Component
public class CampaignApprovals {

	private static final String TABLE = "approval-required";

	/** Categories are the texts that a segment's definition names. */
	private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"|'([^']*)'");

	private final Campaigns campaigns;

	private final CampaignRepository rows;

	private final CampaignBriefValidator briefs;

	private final DecisionTableEvaluator decisions;

	private final Ledger ledger;

	private final Clock clock;

	CampaignApprovals(Campaigns campaigns, CampaignRepository rows, CampaignBriefValidator briefs,
			DecisionTableEvaluator decisions, Ledger ledger, Clock clock) {
		this.campaigns = campaigns;
		this.rows = rows;
		this.briefs = briefs;
		this.decisions = decisions;
		this.ledger = ledger;
		this.clock = clock;
	}

	/**
	 * What the table said.
	 *
	 * @param route CONTINUE, REVIEW or STOP
	 * @param reason short code
	 * @param due when the approval is due, with REVIEW
	 * @param expiry when nobody is waited for any more, with REVIEW
	 */
	public record ApprovalResult(Route route, String reason, @Nullable Instant due, @Nullable Instant expiry) {

	}

	/**
	 * Asks the table. Of several categories the strictest answer holds.
	 * @param tenant whose
	 * @param id which campaign
	 * @return what it said
	 */
	public ApprovalResult decide(TenantId tenant, CampaignId id) {
		Campaign campaign = this.campaigns.require(tenant, id);
		Template template = this.briefs.template(tenant, campaign.brief());
		Map<String, @Nullable Object> inputs = new HashMap<>();
		inputs.put("audienceSize", campaign.size());
		inputs.put("templateApproved", template.approved());
		inputs.put("firstUse", this.rows.isFirstUse(tenant, campaign.brief().template()));
		DecisionResult strictest = null;
		for (String category : categories(campaign.brief().category(),
				this.briefs.definition(tenant, campaign.brief()))) {
			Map<String, @Nullable Object> question = new HashMap<>(inputs);
			question.put("category", category);
			DecisionResult verdict = this.decisions.evaluate(TABLE, question);
			if (strictest == null || route(verdict).compareTo(route(strictest)) > 0) {
				strictest = verdict;
			}
		}
		return result(tenant, id, Objects.requireNonNull(strictest));
	}

	/**
	 * Whether somebody would look at a campaign of their own.
	 * @param tenant whose
	 * @param id which campaign
	 * @param actor who, as the ledger shows it
	 * @return whether they described or launched it
	 */
	public boolean isSelfApproval(TenantId tenant, CampaignId id, String actor) {
		return this.rows.isCreatorOrLauncher(tenant, id, actor);
	}

	/**
	 * Notes what a person decided about a campaign that waits for approval.
	 * @param tenant whose
	 * @param id which campaign
	 * @param actor who, as the ledger shows it
	 * @param approved whether it may begin
	 * @param reason why, null when it may
	 */
	public void recordDecision(TenantId tenant, CampaignId id, String actor, boolean approved,
			@Nullable String reason) {
		Map<String, Object> facts = new LinkedHashMap<>(Map.of("approved", approved, "by", actor));
		if (reason != null) {
			facts.put("said", reason);
		}
		this.rows.saveApproval(tenant, id, facts);
		if (approved) {
			this.rows.move(tenant, id, Set.of(CampaignStatus.AWAITING_APPROVAL), CampaignStatus.PREPARING, null);
		}
		this.ledger.record(List.of(new LedgerEntry(tenant, this.clock.instant(),
				approved ? "campaign.approved" : "campaign.rejected", "campaign:" + id, actor, Map.of())));
	}

	private ApprovalResult result(TenantId tenant, CampaignId id, DecisionResult verdict) {
		Route route = route(verdict);
		String reason = verdict.text("reason");
		Map<String, Object> facts = Map.of("table", verdict.table(), "version", verdict.version(), "rules",
				verdict.rulesHit(), "route", route.name(), "reason", reason);
		this.rows.saveApproval(tenant, id, facts);
		Instant now = this.clock.instant();
		this.ledger.record(List
			.of(new LedgerEntry(tenant, now, "campaign.approval_decided", "campaign:" + id, "table:" + TABLE, facts)));
		if (route != Route.REVIEW) {
			return new ApprovalResult(route, reason, null, null);
		}
		this.rows.move(tenant, id, Set.of(CampaignStatus.PREPARING), CampaignStatus.AWAITING_APPROVAL, reason);
		return new ApprovalResult(route, reason, now.plus(Duration.parse(verdict.text("dueIn"))),
				now.plus(Duration.parse(verdict.text("expiresIn"))));
	}

	/** CONTINUE comes before REVIEW comes before STOP. */
	private static Route route(DecisionResult verdict) {
		return Route.valueOf(verdict.text("route"));
	}

	private static Set<String> categories(@Nullable String said, String definition) {
		Set<String> categories = new LinkedHashSet<>();
		categories.add((said != null) ? said.toLowerCase(Locale.ROOT) : "");
		Matcher text = TEXT.matcher(definition);
		while (text.find()) {
			String found = (text.group(1) != null) ? text.group(1) : text.group(2);
			categories.add(found.toLowerCase(Locale.ROOT));
		}
		return categories;
	}

}
