package io.waypost.console.spend;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

import io.waypost.agent.llm.budget.ModelSpend;
import io.waypost.agent.llm.budget.ModelSpend.CampaignSpend;
import io.waypost.agent.llm.budget.ModelSpend.SpendGroup;
import io.waypost.agent.llm.budget.ModelSpend.SpendOfToday;
import io.waypost.agent.llm.budget.ModelSpendReports;
import io.waypost.campaign.Campaign;
import io.waypost.campaign.Campaigns;
import io.waypost.console.Labels;
import io.waypost.console.spend.AiSpendView.BudgetTile;
import io.waypost.console.spend.AiSpendView.CampaignRow;
import io.waypost.console.spend.AiSpendView.SpendBar;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Assembles the page about the costs of language models. */
@Component
class AiSpendAssembler {

	private static final int DAYS = 30;

	/** Campaigns on the page; each is read for its name. */
	private static final int CAMPAIGNS = 20;

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
		.withLocale(Locale.UK);

	private final ModelSpendReports reports;

	private final Campaigns campaigns;

	private final Labels labels;

	AiSpendAssembler(ModelSpendReports reports, Campaigns campaigns, Labels labels) {
		this.reports = reports;
		this.campaigns = campaigns;
		this.labels = labels;
	}

	AiSpendView of(TenantId tenant) {
		LocalDate today = this.reports.today();
		ModelSpend spend = this.reports.read(tenant, today.minusDays(DAYS - 1L), today);
		BigDecimal used = spend.today().reserved().add(spend.today().spent());
		return new AiSpendView(tiles(spend.today(), used), used, spend.today().limit(),
				this.labels.text("aiSpend.usedOf", DollarFormat.format(used),
						DollarFormat.format(spend.today().limit())),
				DollarFormat.format(spend.total().cost()),
				bars(spend.byDay(), (day) -> LocalDate.parse(day).format(DAY)).reversed(),
				bars(spend.byModel(), Function.identity()), bars(spend.byPurpose(), this.labels::code),
				spend.byCampaign().stream().limit(CAMPAIGNS).map((row) -> campaign(tenant, row)).toList());
	}

	private List<BudgetTile> tiles(SpendOfToday today, BigDecimal used) {
		return List.of(
				new BudgetTile(this.labels.text("aiSpend.used"), DollarFormat.format(used),
						this.labels.text("aiSpend.used.note", DollarFormat.format(today.reserved()))),
				new BudgetTile(this.labels.text("aiSpend.left"), DollarFormat.formatLeft(today.left()),
						this.labels.text("aiSpend.left.note", DollarFormat.format(today.limit()))),
				new BudgetTile(this.labels.text("aiSpend.alert"), DollarFormat.format(today.alert()), this.labels
					.text((used.compareTo(today.alert()) >= 0) ? "aiSpend.alert.reached" : "aiSpend.alert.open")));
	}

	private static List<SpendBar> bars(List<SpendGroup> groups, Function<String, String> name) {
		BigDecimal most = groups.stream().map(SpendGroup::cost).reduce(new BigDecimal("0.000000001"), BigDecimal::max);
		return groups.stream()
			.map((group) -> new SpendBar(name.apply(group.name()), group.provider(), group.calls(), tokens(group),
					DollarFormat.format(group.cost()), group.cost(), most))
			.toList();
	}

	private static long tokens(SpendGroup group) {
		return group.inputTokens() + group.cacheReadTokens() + group.cacheWriteTokens() + group.outputTokens();
	}

	private CampaignRow campaign(TenantId tenant, CampaignSpend row) {
		Optional<Campaign> found = this.campaigns.find(tenant, new CampaignId(row.campaignId()));
		BigDecimal perThousand = row.costPerThousandRecipients();
		return new CampaignRow(found.map((each) -> each.brief().name()).orElseGet(row.campaignId()::toString),
				found.map((each) -> "/campaigns/" + each.id()).orElse(null), row.recipients(), row.calls(),
				DollarFormat.format(row.cost()), (perThousand != null) ? DollarFormat.format(perThousand) : "–",
				DollarFormat.format(row.limitPerThousandRecipients()));
	}

}
