package io.waypost.journey.review;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Requires;
import io.waypost.access.Role;
import io.waypost.agent.Message;
import io.waypost.agent.Orchestrator;
import io.waypost.campaign.CampaignContents;
import io.waypost.content.BrandKitRepository;
import io.waypost.content.EmailDraft;
import io.waypost.content.EmailRenderer;
import io.waypost.content.RecipientLinks;
import io.waypost.journey.run.JourneyVariables;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.SendId;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Renders the message of a review in a page without scripts and without access to other
 * hosts. Links lead nowhere and the name is a placeholder, so no recipient is affected.
 */
@RestController
@Requires(AccessRight.READ_REVIEWS)
class ReviewPreviewController {

	static final String POLICY = "sandbox; default-src 'none'; img-src data: https:; style-src 'unsafe-inline'";

	private final TaskService tasks;

	private final Orchestrator orchestrator;

	private final CampaignContents contents;

	private final EmailRenderer renderer;

	private final BrandKitRepository brands;

	ReviewPreviewController(TaskService tasks, Orchestrator orchestrator, CampaignContents contents,
			EmailRenderer renderer, BrandKitRepository brands) {
		this.tasks = tasks;
		this.orchestrator = orchestrator;
		this.contents = contents;
		this.renderer = renderer;
		this.brands = brands;
	}

	@GetMapping("/review/{taskId}/preview")
	ResponseEntity<String> preview(@PathVariable String taskId, @AuthenticationPrincipal Caller caller) {
		Task task = Optional.ofNullable(this.tasks.createTaskQuery().taskId(taskId).singleResult())
			.filter((found) -> mayDecide(found, caller))
			.orElseThrow(() -> InvalidRequestException
				.notFound("There is no open review '%s' for you; it may already have been decided".formatted(taskId)));
		return ResponseEntity.ok()
			.header("Content-Security-Policy", POLICY)
			.header("X-Content-Type-Options", "nosniff")
			.cacheControl(CacheControl.noStore())
			.contentType(MediaType.TEXT_HTML)
			.body(html(task, caller));
	}

	private String html(Task task, Caller caller) {
		Object content = this.tasks.getVariable(task.getId(), "contentId");
		return (content != null) ? shared(task, caller, UUID.fromString(content.toString())) : personal(task, caller);
	}

	/** Content of a campaign, which has no single recipient. */
	private String shared(Task task, Caller caller, UUID content) {
		CampaignId campaign = CampaignId.of(String.valueOf(this.tasks.getVariable(task.getId(), "campaignId")));
		return page(this.contents.flaggedContent(caller.tenant(), campaign, content).draft(), caller, "campaign");
	}

	private String personal(Task task, Caller caller) {
		String send = String.valueOf(this.tasks.getVariable(task.getId(), JourneyVariables.SEND));
		Message message = this.orchestrator.resume(caller.tenant(), List.of(SendId.of(send))).single();
		EmailDraft draft = Optional.ofNullable(message.draft())
			.orElseThrow(() -> InvalidRequestException.notFound("This message has no content yet"));
		return page(draft, caller, message.send().journey());
	}

	private String page(EmailDraft draft, Caller caller, String journey) {
		RecipientLinks noLinks = new RecipientLinks("#", null, (link) -> link);
		return this.renderer.render(draft, this.brands.require(caller.tenant()), "Alex", journey, noLinks).html();
	}

	/**
	 * Whether the caller may decide the task: as assignee or candidate, and only in the
	 * own tenant.
	 */
	private boolean mayDecide(Task task, Caller caller) {
		if (!caller.tenant().value().equals(task.getTenantId())) {
			return false;
		}
		List<IdentityLink> links = this.tasks.getIdentityLinksForTask(task.getId());
		return caller.roles().contains(Role.ADMIN) || caller.name().equals(task.getAssignee())
				|| links.stream().anyMatch((link) -> offers(link, caller));
	}

	private static boolean offers(IdentityLink link, Caller caller) {
		return caller.name().equals(link.getUserId()) || (link.getGroupId() != null
				&& caller.roles().stream().anyMatch((role) -> role.name().equalsIgnoreCase(link.getGroupId())));
	}

}
