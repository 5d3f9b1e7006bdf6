package io.waypost.console.campaigns;

import java.util.UUID;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequest;
import io.waypost.campaign.Campaign;
import io.waypost.campaign.CampaignRequest;
import io.waypost.campaign.Campaigns;
import io.waypost.console.templates.TemplateView;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Lists campaigns, and takes the brief of a new one. */
@Controller
class CampaignListPageController {

	private final CampaignViewAssembler pages;

	private final Campaigns campaigns;

	CampaignListPageController(CampaignViewAssembler pages, Campaigns campaigns) {
		this.pages = pages;
		this.campaigns = campaigns;
	}

	@GetMapping("/campaigns")
	String list(@AuthenticationPrincipal Caller caller, @RequestParam(required = false) @Nullable UUID cursor,
			Model model) {
		model.addAttribute("page", this.pages.rows(caller.tenant(), (cursor != null) ? cursor.toString() : null));
		model.addAttribute("mayEdit", AccessRight.RUN_CAMPAIGNS.isGrantedTo(caller));
		return "console/campaigns";
	}

	@GetMapping("/campaigns/new")
	String describe(@AuthenticationPrincipal Caller caller, Model model) {
		AccessRight.RUN_CAMPAIGNS.require(caller);
		return form(caller, CampaignForm.empty().shown(null), model);
	}

	@PostMapping("/campaigns")
	String create(@AuthenticationPrincipal Caller caller, CampaignForm form, Model model, HttpServletResponse response,
			RedirectAttributes next) {
		AccessRight.RUN_CAMPAIGNS.require(caller);
		try {
			Campaign campaign = this.campaigns.create(caller.tenant(), "user:" + caller.name(), form.body());
			next.addFlashAttribute("told", "The draft is kept. Look at its reach, then launch it.");
			next.addAttribute("id", campaign.id());
			return "redirect:/campaigns/{id}";
		}
		catch (InvalidRequest refused) {
			response.setStatus(refused.getStatusCode().value());
			return form(caller, form.shown(refused), model);
		}
	}

	private String form(Caller caller, TemplateView.FormView form, Model model) {
		model.addAttribute("form", form);
		model.addAttribute("choices", this.pages.choices(caller.tenant()));
		model.addAttribute("shownRows", CampaignForm.SHOWN);
		model.addAttribute("moreVariants", CampaignForm.isLong(form));
		model.addAttribute("rows", CampaignRequest.MAX_VARIANTS);
		return "console/campaign-new";
	}

}
