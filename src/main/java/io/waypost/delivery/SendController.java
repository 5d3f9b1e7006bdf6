package io.waypost.delivery;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequest;
import io.waypost.delivery.dispatch.DispatchPorts;
import io.waypost.delivery.store.DeliveryColumns;
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
@Tag(name = "Sends", description = "Every message that was sent, is on its way or was held back, and why")
class SendController {

	private static final int LARGEST_PAGE = 500;

	private final SendLog log;

	private final SentContentRenderer contents;

	private final Profiles profiles;

	private final DispatchPorts.AddressBook people;

	SendController(SendLog log, SentContentRenderer contents, Profiles profiles, DispatchPorts.AddressBook people) {
		this.log = log;
		this.contents = contents;
		this.profiles = profiles;
		this.people = people;
	}

	@GetMapping
	@Operation(summary = "List sends, newest first")
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
		Page<Send> page = this.log.list(caller.tenant(), filter, Math.clamp(limit, 1, LARGEST_PAGE),
				(before == null) ? null : before.toString());
		Map<ProfileId, ContactDetails> recipients = people(caller.tenant(), page.items());
		return new Page<>(page.items().stream().map((send) -> SendView.of(send, recipients, null)).toList(),
				page.nextCursor());
	}

	@GetMapping("/{id}")
	@Operation(summary = "Explain one send",
			description = "Trigger, plan, features, permission, variant, versions, scores, findings, review, attempts, "
					+ "events and ledger entries behind it")
	SendView get(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		ExplainedSend explained = this.log.find(caller.tenant(), sendId(id)).orElseThrow(() -> unknown(id));
		Map<ProfileId, ContactDetails> recipient = people(caller.tenant(), List.of(explained.send()));
		return SendView.of(explained.send(), recipient, explained.explanation());
	}

	@GetMapping("/{id}/content")
	@Operation(summary = "Render one send as its recipient gets it")
	SentContent content(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		return this.contents.render(caller.tenant(), sendId(id))
			.orElseThrow(() -> InvalidRequest
				.notFound("Send '%s' does not exist or has no words yet; GET /api/v1/sends/%s says where it stands"
					.formatted(id, id)));
	}

	private Map<ProfileId, ContactDetails> people(TenantId tenant, Collection<Send> sends) {
		Set<ProfileId> recipients = new LinkedHashSet<>();
		sends.forEach((send) -> recipients.add(send.profile()));
		return recipients.isEmpty() ? Map.of() : this.people.open(tenant, recipients);
	}

	private static SendId sendId(String id) {
		try {
			return SendId.of(id);
		}
		catch (IllegalArgumentException noUuid) {
			throw unknown(id);
		}
	}

	private static InvalidRequest unknown(String id) {
		return InvalidRequest.notFound("There is no send '%s'; GET /api/v1/sends lists them".formatted(id));
	}

	private static @Nullable UUID uuid(String parameter, @Nullable String value) {
		try {
			return (value == null || value.isBlank()) ? null : UUID.fromString(value);
		}
		catch (IllegalArgumentException noUuid) {
			throw InvalidRequest.badRequest("?" + parameter,
					"'%s' is not an id; leave %s out or take it from an earlier answer".formatted(value, parameter));
		}
	}

	private static @Nullable SendStatus status(@Nullable String value) {
		try {
			return (value == null || value.isBlank()) ? null : DeliveryColumns.status(value);
		}
		catch (IllegalArgumentException unknown) {
			throw InvalidRequest.badRequest("?status", "'%s' is no status; use one of %s".formatted(value,
					DeliveryColumns.names(List.of(SendStatus.values()))));
		}
	}

	/**
	 * A send as the API shows it.
	 *
	 * @param id its id
	 * @param userId the source's id of the recipient, absent when unknown or erased
	 * @param profileId surrogate of the recipient
	 * @param status where it stands
	 * @param reason why
	 * @param journey journey key
	 * @param campaignId the campaign it is one of, absent for a journey's
	 * @param runId journey run, or the campaign
	 * @param template template key
	 * @param topic which consent it needed
	 * @param variant which words
	 * @param createdAt when planned
	 * @param acceptedAt when the provider took it
	 * @param explanation only for a single send
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
					send.profile().toString(), DeliveryColumns.name(send.status()), send.reason(), send.journey(),
					send.journey().equals(CampaignSendBatch.JOURNEY) ? run : null, run, send.template(), send.topic(),
					send.variant(), send.createdAt(), send.acceptedAt(), explanation);
		}

	}

}
