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
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.waypost.access.SecondPerson;
import io.waypost.agent.Route;
import io.waypost.campaign.brief.CampaignBriefValidator;
import io.waypost.content.Template;
import io.waypost.content.TemplateRepository;
import io.waypost.content.fact.OfferRepository;
import io.waypost.delivery.NotClearedException;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.Fingerprint;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import io.waypost.policy.DecisionResult;
import io.waypost.policy.DecisionTableEvaluator;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Decides whether a campaign needs approval, by the decision table
 * {@code dmn/approval-required.dmn}, and records approvals.
 */
@Component
public class CampaignApprovals {

	private static final String TABLE = "approval-required";

	private static final String APPROVED = "approved";

	private static final String BRIEF = "brief";

	/** Versions of template and offer at the time of the decision. */
	private static final String CONTENT = "content";

	private static final String AUDIENCE_SIZE = "audienceSize";

	/** The audience may grow between launch and freezing, by half and a few more. */
	private static final double GROWTH = 1.5;

	private static final int FEW = 100;

	/** String literals of a segment definition; they may name sensitive categories. */
	private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"|'([^']*)'");

	private final Campaigns campaigns;

	private final CampaignRepository campaignRepository;

	private final CampaignBriefValidator briefValidator;

	private final TemplateRepository templates;

	private final OfferRepository offers;

	private final DecisionTableEvaluator decisions;

	private final SecondPerson persons;

	private final Ledger ledger;

	private final Clock clock;

	CampaignApprovals(Campaigns campaigns, CampaignRepository campaignRepository, CampaignBriefValidator briefValidator,
			TemplateRepository templates, OfferRepository offers, DecisionTableEvaluator decisions,
			SecondPerson persons, Ledger ledger, Clock clock) {
		this.campaigns = campaigns;
		this.campaignRepository = campaignRepository;
		this.briefValidator = briefValidator;
		this.templates = templates;
		this.offers = offers;
		this.decisions = decisions;
		this.persons = persons;
		this.ledger = ledger;
		this.clock = clock;
	}

	/**
	 * The answer of the decision table.
	 *
	 * @param route CONTINUE, REVIEW or STOP
	 * @param reason short code
	 * @param due time at which the approval is due, with REVIEW
	 * @param expiry time at which the approval expires, with REVIEW
	 */
	public record ApprovalResult(Route route, String reason, @Nullable Instant due, @Nullable Instant expiry) {

	}

	/**
	 * Evaluates the decision table. With several categories the strictest answer applies.
	 * @param tenant the tenant
	 * @param id id of the campaign
	 * @return the answer
	 */
	public ApprovalResult decide(TenantId tenant, CampaignId id) {
		Campaign campaign = this.campaigns.require(tenant, id);
		Template template = this.briefValidator.template(tenant, campaign.brief());
		Map<String, @Nullable Object> inputs = new HashMap<>();
		inputs.put("audienceSize", campaign.size());
		inputs.put("templateApproved", template.approved());
		inputs.put("firstUse", this.campaignRepository.isFirstUse(tenant, campaign.brief().template()));
		DecisionResult strictest = null;
		for (String category : categories(this.briefValidator.category(tenant, campaign.brief()),
				this.briefValidator.definition(tenant, campaign.brief()))) {
			Map<String, @Nullable Object> categoryInputs = new HashMap<>(inputs);
			categoryInputs.put("category", category);
			DecisionResult verdict = this.decisions.evaluate(tenant, TABLE, categoryInputs);
			if (strictest == null || route(verdict).compareTo(route(strictest)) > 0) {
				strictest = verdict;
			}
		}
		return result(tenant, id, Objects.requireNonNull(strictest));
	}

	/**
	 * Whether a user would approve a campaign of their own.
	 * @param tenant the tenant
	 * @param id id of the campaign
	 * @param actor the user or API token, as recorded in the ledger
	 * @return true when the same person created or launched it, and for a token that
	 * belongs to no user
	 */
	public boolean isSelfApproval(TenantId tenant, CampaignId id, String actor) {
		return this.campaignRepository.creatorAndLauncher(tenant, id)
			.stream()
			.anyMatch((author) -> this.persons.refusal(tenant, actor, author).isPresent());
	}

	/**
	 * Records the decision about a campaign that waits for approval.
	 * @param tenant the tenant
	 * @param id id of the campaign
	 * @param actor the user, as recorded in the ledger
	 * @param approved whether it is approved
	 * @param reason comment of the user, null when it is approved
	 */
	public void recordDecision(TenantId tenant, CampaignId id, String actor, boolean approved,
			@Nullable String reason) {
		Map<String, Object> facts = new LinkedHashMap<>(Map.of(APPROVED, approved, "by", actor));
		if (reason != null) {
			facts.put("comment", reason);
		}
		this.campaignRepository.saveApproval(tenant, id, facts);
		if (approved) {
			Campaign campaign = this.campaigns.require(tenant, id);
			this.campaignRepository.saveApproval(tenant, id,
					Map.of(CONTENT, content(tenant, campaign), AUDIENCE_SIZE, campaign.size()));
			this.campaignRepository.move(tenant, id, Set.of(CampaignStatus.AWAITING_APPROVAL), CampaignStatus.PREPARING,
					null);
		}
		this.ledger.record(List.of(new LedgerEntry(tenant, this.clock.instant(),
				approved ? "campaign.approved" : "campaign.rejected", "campaign:" + id, actor, Map.of())));
	}

	/**
	 * Refuses to send a campaign whose stored approval does not allow it, whatever the
	 * model allows.
	 * @param tenant the tenant
	 * @param id id of the campaign
	 * @throws NotClearedException when the decision table was not asked about the brief
	 * as it is, or when it asked for an approval that is missing
	 */
	public void require(TenantId tenant, CampaignId id) {
		Map<String, Object> approval = this.campaignRepository.approval(tenant, id);
		if (!brief(this.campaigns.require(tenant, id)).equals(approval.get(BRIEF))) {
			throw new NotClearedException(
					"Campaign %s must not be sent: the table '%s' was not asked about its brief; ".formatted(id, TABLE)
							+ "add the step ${checkApproval} to the model");
		}
		boolean approved = Boolean.TRUE.equals(approval.get(APPROVED));
		if (!Route.CONTINUE.name().equals(approval.get("route"))
				&& !(Route.REVIEW.name().equals(approval.get("route")) && approved)) {
			throw new NotClearedException(
					"Campaign %s must not be sent: the table '%s' answered %s (%s) and a reviewer has not approved it"
						.formatted(id, TABLE, approval.get("route"), approval.get("reason")));
		}
	}

	/**
	 * Compares what the content is made of with what it was when the campaign was
	 * approved, or when the table needed no approval.
	 * @param tenant the tenant
	 * @param campaign a campaign with a frozen audience
	 * @return what has changed, empty for nothing
	 */
	public Optional<String> change(TenantId tenant, Campaign campaign) {
		Map<String, Object> approval = this.campaignRepository.approval(tenant, campaign.id());
		String now = content(tenant, campaign);
		if (approval.get(CONTENT) instanceof String approved && !approved.equals(now)) {
			return Optional.of("%s was approved, now it is %s".formatted(approved, now));
		}
		if (approval.get(AUDIENCE_SIZE) instanceof Number size && campaign.size() > size.intValue() * GROWTH + FEW) {
			return Optional
				.of("the audience had %d recipients, now it has %d".formatted(size.intValue(), campaign.size()));
		}
		return Optional.empty();
	}

	/** Names the versions of template and offer. */
	private String content(TenantId tenant, Campaign campaign) {
		String template = "template %s (%s)".formatted(campaign.brief().template(),
				this.templates.versionsInUse(tenant, campaign.brief().template()));
		String offer = campaign.brief().offer();
		return (offer == null) ? template
				: template + this.offers.find(tenant, offer)
					.map((live) -> " with offer %s@%d".formatted(live.key(), live.version()))
					.orElse("");
	}

	/** Identifies what is approved: the brief and its topic. */
	private static String brief(Campaign campaign) {
		return Fingerprint.of(campaign.brief(), campaign.topic()).hex();
	}

	private ApprovalResult result(TenantId tenant, CampaignId id, DecisionResult verdict) {
		Route route = route(verdict);
		String reason = verdict.text("reason");
		Campaign campaign = this.campaigns.require(tenant, id);
		Map<String, Object> facts = Map.of("table", verdict.table(), "version", verdict.version(), "rules",
				verdict.rulesHit(), "route", route.name(), "reason", reason, APPROVED, false, BRIEF, brief(campaign),
				CONTENT, content(tenant, campaign), AUDIENCE_SIZE, campaign.size());
		this.campaignRepository.saveApproval(tenant, id, facts);
		Instant now = this.clock.instant();
		this.ledger.record(List
			.of(new LedgerEntry(tenant, now, "campaign.approval_decided", "campaign:" + id, "table:" + TABLE, facts)));
		if (route != Route.REVIEW) {
			return new ApprovalResult(route, reason, null, null);
		}
		this.campaignRepository.move(tenant, id, Set.of(CampaignStatus.PREPARING), CampaignStatus.AWAITING_APPROVAL,
				reason);
		return new ApprovalResult(route, reason, now.plus(Duration.parse(verdict.text("dueIn"))),
				now.plus(Duration.parse(verdict.text("expiresIn"))));
	}

	/** The order of the enum is that of strictness: CONTINUE, REVIEW, STOP. */
	private static Route route(DecisionResult verdict) {
		return Route.valueOf(verdict.text("route"));
	}

	private static Set<String> categories(@Nullable String stated, String definition) {
		Set<String> categories = new LinkedHashSet<>();
		categories.add((stated != null) ? stated.toLowerCase(Locale.ROOT) : "");
		Matcher text = TEXT.matcher(definition);
		while (text.find()) {
			String found = (text.group(1) != null) ? text.group(1) : text.group(2);
			categories.add(found.toLowerCase(Locale.ROOT));
		}
		return categories;
	}

}
