package io.waypost.console.campaigns;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Requires;
import io.waypost.campaign.Campaign;
import io.waypost.campaign.CampaignRequest;
import io.waypost.campaign.Campaigns;
import io.waypost.console.DurationFormat;
import io.waypost.console.FormView;
import io.waypost.console.Labels;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Lists campaigns and creates drafts. */
@Controller
@Requires(AccessRight.RUN_CAMPAIGNS)
class CampaignListPageController {

	private final CampaignViewAssembler assembler;

	private final Campaigns campaigns;

	private final DurationFormat durations;

	private final Labels labels;

	CampaignListPageController(CampaignViewAssembler assembler, Campaigns campaigns, DurationFormat durations,
			Labels labels) {
		this.assembler = assembler;
		this.campaigns = campaigns;
		this.durations = durations;
		this.labels = labels;
	}

	@GetMapping("/campaigns")
	@Requires(AccessRight.READ_CAMPAIGNS)
	String list(@AuthenticationPrincipal Caller caller, @RequestParam(required = false) @Nullable String cursor,
			Model model) {
		model.addAttribute("page", this.assembler.rows(caller.tenant(), cursor));
		model.addAttribute("mayEdit", AccessRight.RUN_CAMPAIGNS.isGrantedTo(caller));
		return "console/campaigns";
	}

	@GetMapping("/campaigns/new")
	String showForm(@AuthenticationPrincipal Caller caller, Model model) {
		return form(caller, CampaignForm.empty().view(null, this.durations), model);
	}

	@PostMapping("/campaigns")
	String create(@AuthenticationPrincipal Caller caller, CampaignForm form, Model model, HttpServletResponse response,
			RedirectAttributes next) {
		try {
			Campaign campaign = this.campaigns.create(caller.tenant(), caller.actor(), form.body());
			next.addFlashAttribute("notice", this.labels.text("campaignForm.saved"));
			next.addAttribute("id", campaign.id());
			return "redirect:/campaigns/{id}";
		}
		catch (InvalidRequestException refused) {
			response.setStatus(refused.getStatusCode().value());
			return form(caller, form.view(refused, this.durations), model);
		}
	}

	private String form(Caller caller, FormView form, Model model) {
		model.addAttribute("form", form);
		model.addAttribute("choices", this.assembler.choices(caller.tenant()));
		model.addAttribute("shownRows", CampaignForm.SHOWN_VARIANTS);
		model.addAttribute("moreVariants", CampaignForm.isLong(form));
		model.addAttribute("rows", CampaignRequest.MAX_VARIANTS);
		return "console/campaign-new";
	}

}
