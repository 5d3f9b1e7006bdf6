package io.waypost.delivery;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Requires;
import io.waypost.delivery.dispatch.DispatchPorts;
import io.waypost.identity.ContactDetails;
import io.waypost.identity.Identifier;
import io.waypost.identity.Profiles;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.Page;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/sends")
@Tag(name = "Sends", description = "Messages that were sent, are queued or were withheld, and why")
@Requires(AccessRight.READ_SENDS)
class SendController {

	private static final int LARGEST_PAGE = 500;

	private final SendLog sendLog;

	private final SentContentRenderer renderer;

	private final Profiles profiles;

	private final DispatchPorts.AddressBook addressBook;

	SendController(SendLog sendLog, SentContentRenderer renderer, Profiles profiles,
			DispatchPorts.AddressBook addressBook) {
		this.sendLog = sendLog;
		this.renderer = renderer;
		this.profiles = profiles;
		this.addressBook = addressBook;
	}

	@GetMapping
	@Operation(summary = "List sends, newest first",
			description = "With a status, a page may have fewer items than the limit and still a nextCursor. The list "
					+ "ends with the page without a nextCursor")
	Page<SendView> list(@AuthenticationPrincipal Caller caller, @RequestParam(required = false) @Nullable String userId,
			@RequestParam(required = false) @Nullable String campaignId,
			@RequestParam(required = false) @Nullable String status, @RequestParam(defaultValue = "50") int limit,
			@RequestParam(required = false) @Nullable String cursor) {
		ProfileId profile = null;
		if (userId != null) {
			Optional<ProfileId> known = userId.isBlank() ? Optional.empty()
					: this.profiles.find(caller.tenant(), new Identifier(Identifier.Type.USER_ID, userId));
			if (known.isEmpty()) {
				return new Page<>(List.of(), null);
			}
			profile = known.get();
		}
		UUID run = uuid("campaignId", campaignId);
		SendFilter filter = new SendFilter(profile, (run == null) ? null : new JourneyRunId(run), status(status), null);
		UUID before = uuid("cursor", cursor);
		Page<Send> page = this.sendLog.list(caller.tenant(), filter, Math.clamp(limit, 1, LARGEST_PAGE),
				(before == null) ? null : before.toString());
		Map<ProfileId, ContactDetails> recipients = addressBook(caller.tenant(), page.items());
		return new Page<>(page.items().stream().map((send) -> SendView.of(send, recipients, null)).toList(),
				page.nextCursor());
	}

	@GetMapping("/{id}")
	@Operation(summary = "Explain one send",
			description = "Trigger, plan, features, permission, variant, versions, scores, findings, review, attempts, "
					+ "events and ledger entries behind it")
	SendView get(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		ExplainedSend explained = this.sendLog.find(caller.tenant(), sendId(id)).orElseThrow(() -> unknown(id));
		Map<ProfileId, ContactDetails> recipient = addressBook(caller.tenant(), List.of(explained.send()));
		return SendView.of(explained.send(), recipient,
				explained.shownTo(caller, recipient.get(explained.send().profile())).explanation());
	}

	@GetMapping("/{id}/content")
	@Requires(AccessRight.READ_SENT_CONTENT)
	@Operation(summary = "Render one send as its recipient receives it")
	SentContent content(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		return this.renderer.render(caller, sendId(id))
			.orElseThrow(() -> InvalidRequestException
				.notFound("Send '%s' does not exist or has no content yet; GET /api/v1/sends/%s shows its status"
					.formatted(id, id)));
	}

	private Map<ProfileId, ContactDetails> addressBook(TenantId tenant, Collection<Send> sends) {
		Set<ProfileId> recipients = new LinkedHashSet<>();
		sends.forEach((send) -> recipients.add(send.profile()));
		return recipients.isEmpty() ? Map.of() : this.addressBook.open(tenant, recipients);
	}

	private static SendId sendId(String id) {
		try {
			return SendId.of(id);
		}
		catch (IllegalArgumentException invalid) {
			throw unknown(id);
		}
	}

	private static InvalidRequestException unknown(String id) {
		return InvalidRequestException.notFound("There is no send '%s'; GET /api/v1/sends lists them".formatted(id));
	}

	private static @Nullable UUID uuid(String parameter, @Nullable String value) {
		try {
			return (value == null || value.isBlank()) ? null : UUID.fromString(value);
		}
		catch (IllegalArgumentException invalid) {
			throw InvalidRequestException.badRequest("?" + parameter,
					"'%s' is not an id; omit %s or use an id from an earlier response".formatted(value, parameter));
		}
	}

	private static @Nullable SendStatus status(@Nullable String value) {
		try {
			return (value == null || value.isBlank()) ? null : SendStatus.of(value);
		}
		catch (IllegalArgumentException unknown) {
			throw InvalidRequestException.badRequest("?status", "'%s' is not a status; use one of %s".formatted(value,
					Stream.of(SendStatus.values()).map(SendStatus::key).collect(Collectors.joining(", "))));
		}
	}

	/**
	 * A send in the API.
	 *
	 * @param id id of the send
	 * @param userId the source's id of the recipient, absent when unknown or erased
	 * @param profileId profile id of the recipient
	 * @param status status
	 * @param reason short code for the status
	 * @param journey journey key
	 * @param campaignId id of the campaign, absent for sends of journeys
	 * @param runId journey run or campaign
	 * @param template template key
	 * @param topic topic whose consent it needed
	 * @param variant variant of the content
	 * @param createdAt when it was planned
	 * @param acceptedAt when the provider accepted it
	 * @param explanation sections, only for a single send
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record SendView(String id, @Nullable String userId, String profileId, String status, @Nullable String reason,
			String journey, @Nullable String campaignId, String runId, String template, String topic,
			@Nullable String variant, Instant createdAt, @Nullable Instant acceptedAt,
			@Nullable Map<String, Object> explanation) {

		static SendView of(Send send, Map<ProfileId, ContactDetails> recipients,
				@Nullable Map<String, Object> explanation) {
			ContactDetails recipient = recipients.get(send.profile());
			String run = send.run().toString();
			return new SendView(send.id().toString(), (recipient == null) ? null : recipient.userId(),
					send.profile().toString(), send.status().key(), send.reason(), send.journey(),
					send.journey().equals(CampaignSendBatch.JOURNEY) ? run : null, run, send.template(), send.topic(),
					send.variant(), send.createdAt(), send.acceptedAt(), explanation);
		}

	}

}
