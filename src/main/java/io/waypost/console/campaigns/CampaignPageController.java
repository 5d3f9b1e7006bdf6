package io.waypost.console.campaigns;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Requires;
import io.waypost.campaign.Campaign;
import io.waypost.campaign.Campaigns;
import io.waypost.console.Labels;
import io.waypost.console.PageNotFoundException;
import io.waypost.console.messages.MessageFrameResponse;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Shows one campaign; launches, pauses, resumes and cancels it.
 */
@Controller
@Requires(AccessRight.READ_CAMPAIGNS)
class CampaignPageController {

	private final CampaignViewAssembler assembler;

	private final CampaignContentAssembler contents;

	private final Campaigns campaigns;

	private final MessageFrameResponse frame;

	private final Labels labels;

	CampaignPageController(CampaignViewAssembler assembler, CampaignContentAssembler contents, Campaigns campaigns,
			MessageFrameResponse frame, Labels labels) {
		this.assembler = assembler;
		this.contents = contents;
		this.campaigns = campaigns;
		this.frame = frame;
		this.labels = labels;
	}

	@GetMapping("/campaigns/{id}")
	String show(@AuthenticationPrincipal Caller caller, @PathVariable String id,
			@RequestParam(required = false) @Nullable String content, @RequestParam(defaultValue = "false") boolean all,
			Model model) {
		model.addAttribute("view", this.assembler.view(caller, require(caller.tenant(), id), content, all));
		return "console/campaign";
	}

	/** Returns the parts that change, for polling. */
	@GetMapping("/campaigns/{id}/live")
	String live(@AuthenticationPrincipal Caller caller, @PathVariable String id, Model model) {
		model.addAttribute("live", this.assembler.live(caller, require(caller.tenant(), id)));
		return "console/campaign-parts :: live(live=${live})";
	}

	/** Returns the results, for polling. */
	@GetMapping("/campaigns/{id}/results")
	String results(@AuthenticationPrincipal Caller caller, @PathVariable String id, Model model) {
		Campaign campaign = require(caller.tenant(), id);
		model.addAttribute("id", id);
		model.addAttribute("results", this.assembler.results(caller.tenant(), campaign));
		model.addAttribute("changing", campaign.status().isOpen());
		return "console/campaign-parts :: results(id=${id},results=${results},changing=${changing})";
	}

	/** Returns the content list, for polling. */
	@GetMapping("/campaigns/{id}/content")
	String content(@AuthenticationPrincipal Caller caller, @PathVariable String id, Model model) {
		model.addAttribute("view", this.assembler.withoutReach(caller, require(caller.tenant(), id)));
		return "console/campaign-parts :: content(view=${view})";
	}

	@GetMapping("/campaigns/{id}/content/{content}")
	String content(@AuthenticationPrincipal Caller caller, @PathVariable String id, @PathVariable String content,
			Model model) {
		model.addAttribute("detail", this.contents.detail(caller.tenant(), require(caller.tenant(), id), content));
		return "console/campaign-content";
	}

	@GetMapping("/campaigns/{id}/content/{content}/mail")
	ResponseEntity<String> mail(@AuthenticationPrincipal Caller caller, @PathVariable String id,
			@PathVariable String content) {
		return this.frame.of(this.contents.html(caller.tenant(), require(caller.tenant(), id), content));
	}

	@PostMapping("/campaigns/{id}/launch")
	@Requires(AccessRight.RUN_CAMPAIGNS)
	String launch(@AuthenticationPrincipal Caller caller, @PathVariable String id, RedirectAttributes next) {
		return execute(caller, id, next, this.campaigns::launch, "campaign.launched");
	}

	@PostMapping("/campaigns/{id}/pause")
	@Requires(AccessRight.RUN_CAMPAIGNS)
	String pause(@AuthenticationPrincipal Caller caller, @PathVariable String id, RedirectAttributes next) {
		return execute(caller, id, next, this.campaigns::pause, "campaign.pausedNotice");
	}

	@PostMapping("/campaigns/{id}/resume")
	@Requires(AccessRight.RUN_CAMPAIGNS)
	String resume(@AuthenticationPrincipal Caller caller, @PathVariable String id, RedirectAttributes next) {
		return execute(caller, id, next, this.campaigns::resume, "campaign.resumed");
	}

	/** Asks for confirmation, because a cancellation cannot be undone. */
	@GetMapping("/campaigns/{id}/cancel")
	@Requires(AccessRight.RUN_CAMPAIGNS)
	String confirmCancel(@AuthenticationPrincipal Caller caller, @PathVariable String id, Model model) {
		model.addAttribute("view", this.assembler.withoutReach(caller, require(caller.tenant(), id)));
		return "console/campaign-cancel";
	}

	@PostMapping("/campaigns/{id}/cancel")
	@Requires(AccessRight.RUN_CAMPAIGNS)
	String cancel(@AuthenticationPrincipal Caller caller, @PathVariable String id, RedirectAttributes next) {
		return execute(caller, id, next, this.campaigns::cancel, "campaign.cancelledNotice");
	}

	private String execute(Caller caller, String id, RedirectAttributes next, CampaignCommand command, String notice) {
		AccessRight.RUN_CAMPAIGNS.require(caller);
		Campaign campaign = require(caller.tenant(), id);
		try {
			command.execute(caller.tenant(), caller.actor(), campaign.id());
			next.addFlashAttribute("notice", this.labels.text(notice));
		}
		catch (InvalidRequestException refused) {
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
			throw new PageNotFoundException("'%s' is not a campaign id".formatted(id), malformed);
		}
	}

	/** An action on a campaign. */
	private interface CampaignCommand {

		void execute(TenantId tenant, String actor, CampaignId id);

	}

}
