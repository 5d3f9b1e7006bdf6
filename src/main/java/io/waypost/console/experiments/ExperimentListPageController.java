package io.waypost.console.experiments;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.Requires;
import io.waypost.campaign.Campaign;
import io.waypost.campaign.Campaigns;
import io.waypost.console.Labels;
import io.waypost.console.StatusView;
import io.waypost.experiment.Arm;
import io.waypost.experiment.Experiment;
import io.waypost.experiment.ExperimentResults;
import io.waypost.experiment.Experiments;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Lists experiments with their results. The campaign page has the details. */
@Controller
@Requires(AccessRight.READ_EXPERIMENTS)
class ExperimentListPageController {

	private static final String OF_CAMPAIGN = "campaign-";

	private static final int VERSIONS = 1_000;

	/** Experiments on the page; the results of each are computed. */
	private static final int ROWS = 20;

	private final Experiments experiments;

	private final Campaigns campaigns;

	private final Labels labels;

	ExperimentListPageController(Experiments experiments, Campaigns campaigns, Labels labels) {
		this.experiments = experiments;
		this.campaigns = campaigns;
		this.labels = labels;
	}

	@GetMapping("/experiments")
	String list(@AuthenticationPrincipal Caller caller, Model model) {
		model.addAttribute("experiments",
				this.experiments.list(caller.tenant(), "", Integer.MAX_VALUE, VERSIONS)
					.stream()
					.filter((experiment) -> experiment.live() && experiment.definition().arms().size() > 1)
					.sorted(Comparator.comparing(Experiment::createdAt).reversed())
					.limit(ROWS)
					.flatMap((experiment) -> row(caller.tenant(), experiment))
					.toList());
		return "console/experiments";
	}

	private Stream<ExperimentListItem> row(TenantId tenant, Experiment experiment) {
		String key = experiment.definition().key();
		Optional<Campaign> campaign = key.startsWith(OF_CAMPAIGN)
				? this.campaigns.find(tenant, CampaignId.of(key.substring(OF_CAMPAIGN.length()))) : Optional.empty();
		return this.experiments.read(tenant, key)
			.stream()
			.map((seen) -> new ExperimentListItem(campaign.map((found) -> found.brief().name()).orElse(key),
					campaign.map((found) -> "/campaigns/" + found.id() + "#results").orElse(null),
					this.labels.decision(seen.verdict().decision()), seen.verdict().sentence(),
					experiment.definition().arms().stream().map(Arm::key).toList(), people(seen), seen.startedAt()));
	}

	private static long people(ExperimentResults seen) {
		return seen.arms().stream().mapToLong((arm) -> arm.exposed()).sum();
	}

	/**
	 * An experiment in the list.
	 *
	 * @param name its own, or that of its campaign
	 * @param href of its campaign, null for one without
	 * @param decision decision
	 * @param sentence explanation
	 * @param arms variants
	 * @param people number of participants
	 * @param since start
	 */
	record ExperimentListItem(String name, @Nullable String href, StatusView decision, String sentence,
			List<String> arms, long people, Instant since) {

	}

}
