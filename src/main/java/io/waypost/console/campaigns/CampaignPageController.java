package io.waypost.console.campaigns;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequest;
import io.waypost.campaign.Campaign;
import io.waypost.campaign.Campaigns;
import io.waypost.console.messages.MessageFrameResponse;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Shows one campaign from its draft to its end, and lets it be launched, paused and
 * ended.
 */
@Controller
class CampaignPageController {

	private final CampaignViewAssembler pages;

	private final CampaignContentAssembler texts;

	private final Campaigns campaigns;

	private final MessageFrameResponse paper;

	CampaignPageController(CampaignViewAssembler pages, CampaignContentAssembler texts, Campaigns campaigns,
			MessageFrameResponse paper) {
		this.pages = pages;
		this.texts = texts;
		this.campaigns = campaigns;
		this.paper = paper;
	}

	@GetMapping("/campaigns/{id}")
	String show(@AuthenticationPrincipal Caller caller, @PathVariable String id,
			@RequestParam(name = "words", required = false) @Nullable String words,
			@RequestParam(defaultValue = "false") boolean all, Model model) {
		model.addAttribute("view", this.pages.view(caller, require(caller.tenant(), id), words, all));
		return "console/campaign";
	}

	/** What moves, for pages that are looked at. */
	@GetMapping("/campaigns/{id}/live")
	String live(@AuthenticationPrincipal Caller caller, @PathVariable String id, Model model) {
		model.addAttribute("live", this.pages.live(caller, require(caller.tenant(), id)));
		return "console/campaign-parts :: live(live=${live})";
	}

	/** What was measured, likewise but less often. */
	@GetMapping("/campaigns/{id}/results")
	String results(@AuthenticationPrincipal Caller caller, @PathVariable String id, Model model) {
		Campaign campaign = require(caller.tenant(), id);
		model.addAttribute("id", id);
		model.addAttribute("results", this.pages.results(caller.tenant(), campaign));
		model.addAttribute("moves", campaign.status().isOpen());
		return "console/campaign-parts :: results(id=${id},results=${results},moves=${moves})";
	}

	/** What it says, while that may still change. */
	@GetMapping("/campaigns/{id}/words")
	String words(@AuthenticationPrincipal Caller caller, @PathVariable String id, Model model) {
		model.addAttribute("view", this.pages.withoutReach(caller, require(caller.tenant(), id)));
		return "console/campaign-parts :: words(view=${view})";
	}

	@GetMapping("/campaigns/{id}/words/{content}")
	String words(@AuthenticationPrincipal Caller caller, @PathVariable String id, @PathVariable String content,
			Model model) {
		model.addAttribute("sheet", this.texts.detail(caller.tenant(), require(caller.tenant(), id), content));
		return "console/campaign-words";
	}

	@GetMapping("/campaigns/{id}/words/{content}/mail")
	ResponseEntity<String> mail(@AuthenticationPrincipal Caller caller, @PathVariable String id,
			@PathVariable String content) {
		return this.paper.of(this.texts.html(caller.tenant(), require(caller.tenant(), id), content));
	}

	@PostMapping("/campaigns/{id}/launch")
	String launch(@AuthenticationPrincipal Caller caller, @PathVariable String id, RedirectAttributes next) {
		return act(caller, id, next, this.campaigns::launch, "It is launched.");
	}

	@PostMapping("/campaigns/{id}/pause")
	String pause(@AuthenticationPrincipal Caller caller, @PathVariable String id, RedirectAttributes next) {
		return act(caller, id, next, this.campaigns::pause, "It is paused: nothing leaves any more.");
	}

	@PostMapping("/campaigns/{id}/resume")
	String resume(@AuthenticationPrincipal Caller caller, @PathVariable String id, RedirectAttributes next) {
		return act(caller, id, next, this.campaigns::resume, "It goes on.");
	}

	/** Asks first: there is no way back. */
	@GetMapping("/campaigns/{id}/cancel")
	String ask(@AuthenticationPrincipal Caller caller, @PathVariable String id, Model model) {
		AccessRight.RUN_CAMPAIGNS.require(caller);
		model.addAttribute("view", this.pages.withoutReach(caller, require(caller.tenant(), id)));
		return "console/campaign-cancel";
	}

	@PostMapping("/campaigns/{id}/cancel")
	String cancel(@AuthenticationPrincipal Caller caller, @PathVariable String id, RedirectAttributes next) {
		return act(caller, id, next, this.campaigns::cancel, "It is cancelled: what had not left never will.");
	}

	private String act(Caller caller, String id, RedirectAttributes next, CampaignCommand deed, String told) {
		AccessRight.RUN_CAMPAIGNS.require(caller);
		Campaign campaign = require(caller.tenant(), id);
		try {
			deed.on(caller.tenant(), "user:" + caller.name(), campaign.id());
			next.addFlashAttribute("told", told);
		}
		catch (InvalidRequest refused) {
			next.addFlashAttribute("refused", refused.getBody().getDetail());
		}
		next.addAttribute("id", id);
		return "redirect:/campaigns/{id}";
	}

	private Campaign require(TenantId tenant, String id) {
		try {
			return this.campaigns.require(tenant, CampaignId.of(id));
		}
		catch (IllegalArgumentException malformed) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND, "No campaign has this id", malformed);
		}
	}

	/** Something a person does to a campaign. */
	private interface CampaignCommand {

		void on(TenantId tenant, String actor, CampaignId id);

	}

}
