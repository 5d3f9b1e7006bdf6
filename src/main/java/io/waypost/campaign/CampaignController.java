package io.waypost.campaign;

import java.util.List;
import java.util.UUID;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Requires;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.Page;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/campaigns")
@Tag(name = "Campaigns", description = "Messages to an audience, with content per archetype")
@Requires(AccessRight.READ_CAMPAIGNS)
class CampaignController {

	private final Campaigns campaigns;

	private final CampaignViews views;

	CampaignController(Campaigns campaigns, CampaignViews views) {
		this.campaigns = campaigns;
		this.views = views;
	}

	@GetMapping
	@Operation(summary = "List campaigns, newest first")
	Page<CampaignViews.CampaignSummary> list(@AuthenticationPrincipal Caller caller,
			@RequestParam(defaultValue = "50") int limit, @RequestParam(required = false) @Nullable String cursor) {
		Page<Campaign> page = this.campaigns.list(caller.tenant(), limit, cursor);
		return new Page<>(page.items().stream().map(CampaignViews.CampaignSummary::of).toList(), page.nextCursor());
	}

	@PostMapping
	@Requires(AccessRight.RUN_CAMPAIGNS)
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Create a campaign as a draft")
	CampaignStatusResponse create(@AuthenticationPrincipal Caller caller, @RequestBody CampaignRequest body) {
		Campaign campaign = this.campaigns.create(marketer(caller), caller.actor(), body);
		return new CampaignStatusResponse(campaign.id(), CampaignRepository.name(campaign.status()));
	}

	@GetMapping("/{id}")
	@Operation(summary = "Show a campaign and its progress")
	CampaignViews.CampaignDetail find(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		return this.views.detail(caller.tenant(), this.campaigns.require(caller.tenant(), id(id)));
	}

	@GetMapping("/{id}/reach")
	@Operation(summary = "Estimate the reach of a campaign now, with recipients withheld by reason")
	CampaignReach reach(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		return this.campaigns.reach(caller.tenant(), id(id));
	}

	@GetMapping("/{id}/contents")
	@Operation(summary = "List the content of a campaign by archetype and variant")
	List<CampaignContent> contents(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		return this.campaigns.contents(caller.tenant(), this.campaigns.require(caller.tenant(), id(id)).id());
	}

	@PostMapping("/{id}/launch")
	@Requires(AccessRight.RUN_CAMPAIGNS)
	@ResponseStatus(HttpStatus.ACCEPTED)
	CampaignStatusResponse launch(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		this.campaigns.launch(marketer(caller), caller.actor(), id(id));
		return status(caller, id);
	}

	@PostMapping("/{id}/pause")
	@Requires(AccessRight.RUN_CAMPAIGNS)
	@ResponseStatus(HttpStatus.ACCEPTED)
	CampaignStatusResponse pause(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		this.campaigns.pause(marketer(caller), caller.actor(), id(id));
		return status(caller, id);
	}

	@PostMapping("/{id}/resume")
	@Requires(AccessRight.RUN_CAMPAIGNS)
	@ResponseStatus(HttpStatus.ACCEPTED)
	CampaignStatusResponse resume(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		this.campaigns.resume(marketer(caller), caller.actor(), id(id));
		return status(caller, id);
	}

	@PostMapping("/{id}/cancel")
	@Requires(AccessRight.RUN_CAMPAIGNS)
	@ResponseStatus(HttpStatus.ACCEPTED)
	CampaignStatusResponse cancel(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		this.campaigns.cancel(marketer(caller), caller.actor(), id(id));
		return status(caller, id);
	}

	private CampaignStatusResponse status(Caller caller, String id) {
		Campaign campaign = this.campaigns.require(caller.tenant(), id(id));
		return new CampaignStatusResponse(campaign.id(), CampaignRepository.name(campaign.status()));
	}

	private static TenantId marketer(Caller caller) {
		AccessRight.RUN_CAMPAIGNS.require(caller);
		return caller.tenant();
	}

	private static CampaignId id(String text) {
		return new CampaignId(uuid("id", text));
	}

	private static UUID uuid(String name, String text) {
		try {
			return UUID.fromString(text);
		}
		catch (IllegalArgumentException ex) {
			throw InvalidRequestException
				.notFound("%s '%s' is not an id; GET /api/v1/campaigns lists them".formatted(name, text));
		}
	}

	/**
	 * Id and status of a campaign.
	 *
	 * @param id id of the campaign
	 * @param status current status
	 */
	record CampaignStatusResponse(CampaignId id, String status) {

	}

}
