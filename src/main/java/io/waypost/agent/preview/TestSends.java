package io.waypost.agent.preview;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.agent.RecipientDecision;
import io.waypost.agent.Route;
import io.waypost.agent.decide.RecipientDecider;
import io.waypost.consent.SendPermission;
import io.waypost.consent.SendPermissionEvaluator;
import io.waypost.content.EmailDraft;
import io.waypost.content.Template;
import io.waypost.delivery.ContentClearance;
import io.waypost.delivery.JourneySends;
import io.waypost.delivery.SendFilter;
import io.waypost.delivery.SendLog;
import io.waypost.delivery.SendRequest;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.SendUpdate;
import io.waypost.identity.Profiles;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sends template versions as tests. A test is a normal send that the dispatcher checks
 * for permission again. Its subject begins with a mark; frequency caps and quiet hours do
 * not apply to it, and it does not count towards them.
 */
@Component
public class TestSends {

	/** Per recipient; prevents sending a campaign as a series of tests. */
	private static final int MAX_PER_DAY = 20;

	private static final int MAX_PER_TENANT = 200;

	private static final Set<String> SEVERE = Set.of("severe", "blocking");

	private static final String MARK = "[Test] ";

	private final MessagePreview preview;

	private final TestRecipients recipients;

	private final SendPermissionEvaluator permissions;

	private final Profiles profiles;

	private final JourneySends sends;

	private final SendLog log;

	private final Ledger ledger;

	private final IdGenerator ids;

	private final Clock clock;

	TestSends(MessagePreview preview, TestRecipients recipients, SendPermissionEvaluator permissions, Profiles profiles,
			JourneySends sends, SendLog log, Ledger ledger, IdGenerator ids, Clock clock) {
		this.preview = preview;
		this.recipients = recipients;
		this.permissions = permissions;
		this.profiles = profiles;
		this.sends = sends;
		this.log = log;
		this.ledger = ledger;
		this.ids = ids;
		this.clock = clock;
	}

	/**
	 * Sends a test.
	 * @param caller a user with the right to change content
	 * @param version the version, approved or not
	 * @param recipient the recipient
	 * @return id of the send
	 * @throws InvalidRequestException a 404 when there is no such profile, a 409 when
	 * there is no content, when the guardrail stops it or when permission is withheld, a
	 * 429 after too many tests
	 */
	@Transactional
	public SendId send(Caller caller, Template version, TestSendRequest recipient) {
		AccessRight.CHANGE_CONTENT.require(caller);
		TenantId tenant = caller.tenant();
		String actor = caller.actor();
		ProfileId receiver = receiver(tenant, actor, recipient);
		ProfileId shown = (recipient.userId() != null) ? this.recipients.profile(tenant, recipient.userId()) : receiver;
		// Locks both profiles until the commit: an erasure runs before this send or finds
		// it
		this.profiles.survivors(tenant, List.of(receiver, shown));
		String topic = (recipient.to() != null) ? TestRecipients.TOPIC : version.topic();
		Map<String, Object> permission = requirePermission(tenant, receiver, topic);
		requireWithinLimit(tenant, receiver);
		PreviewResult result = this.preview.preview(caller, shown, version);
		requireHarmless(recipient, result);
		return queue(caller, receiver, topic, result, permission);
	}

	private ProfileId receiver(TenantId tenant, String actor, TestSendRequest recipient) {
		if (recipient.to() != null) {
			return this.recipients.address(tenant, actor, recipient.to());
		}
		if (recipient.userId() != null) {
			return this.recipients.profile(tenant, recipient.userId());
		}
		throw InvalidRequestException.badRequest("/userId",
				"is missing; name a profile, or one of the test addresses in /to");
	}

	/** Returns the section of the explanation with the permission of the receiver. */
	private Map<String, Object> requirePermission(TenantId tenant, ProfileId receiver, String topic) {
		SendPermission permission = this.permissions
			.preview(tenant, topic, Set.of(receiver), this.profiles.read(tenant, Set.of(receiver)))
			.get(receiver);
		RecipientDecision decision = RecipientDecider.permission(permission, this.clock.instant());
		if (decision instanceof RecipientDecision.Withhold(String reason, Map<String, Object> why)) {
			throw InvalidRequestException
				.conflict(("This profile may not receive messages about '%s' (%s), not even a test;"
						+ " choose a subscribed profile or a test address")
					.formatted(topic, reason));
		}
		return decision.explanation();
	}

	/** People outside the team must not get content that a reviewer has to see first. */
	private static void requireHarmless(TestSendRequest recipient, PreviewResult result) {
		Object worst = (result.explanation().get("findings") instanceof Map<?, ?> findings) ? findings.get("worst")
				: null;
		if (recipient.to() == null && SEVERE.contains(String.valueOf(worst))) {
			throw InvalidRequestException
				.conflict("The content has a finding of severity '%s'; test it with an address of %s".formatted(worst,
						"the setting waypost.content.test-addresses, or correct it"));
		}
	}

	private void requireWithinLimit(TenantId tenant, ProfileId receiver) {
		requireBelow(MAX_PER_DAY, tenant, receiver, "This recipient has received");
		requireBelow(MAX_PER_TENANT, tenant, null, "This tenant has sent");
	}

	private void requireBelow(int limit, TenantId tenant, @Nullable ProfileId receiver, String whose) {
		Instant since = this.clock.instant().minus(Duration.ofDays(1));
		long today = this.log.list(tenant, new SendFilter(receiver, null, null, SendRequest.TEST), limit, null)
			.items()
			.stream()
			.filter((send) -> send.createdAt().isAfter(since))
			.count();
		if (today >= limit) {
			throw new InvalidRequestException(HttpStatus.TOO_MANY_REQUESTS,
					"%s %d tests within 24 hours, the maximum; use the preview".formatted(whose, today), List.of());
		}
	}

	private static EmailDraft markedDraft(PreviewResult result) {
		@Nullable EmailDraft draft = result.draft();
		if (draft == null || !result.sendable()) {
			throw InvalidRequestException
				.conflict("The test cannot be sent: the agents stopped it (%s); see the findings in the preview"
					.formatted(Objects.requireNonNullElse(result.reason(), "nothing_to_say")));
		}
		return draft.withSubject(MARK + draft.subject());
	}

	private SendId queue(Caller caller, ProfileId receiver, String topic, PreviewResult result,
			Map<String, Object> permission) {
		EmailDraft draft = markedDraft(result);
		TenantId tenant = caller.tenant();
		Template version = result.template();
		Map<String, Object> trigger = Map.of("source", "test", "caller", caller.name(), "version", version.version());
		SendId send = this.sends
			.plan(tenant, List.of(new SendRequest(receiver, new JourneyRunId(this.ids.next()), SendRequest.TEST,
					"message", version.key(), topic, trigger, Map.of())))
			.getFirst()
			.id();
		Map<String, Object> explanation = new LinkedHashMap<>(result.explanation());
		// These sections are about the profile shown, not about the receiver
		explanation.keySet().removeAll(Set.of("permission", "throttling"));
		explanation.putAll(permission);
		// The preview inspected the content; the mark in the subject is added to it here
		explanation.put(ContentClearance.INSPECTION, ContentClearance.inspected(draft,
				ContentClearance.brand(result.explanation()).orElse(""), Route.CONTINUE.name()));
		explanation.put("test", Map.of("by", caller.name(), "template", version.key(), "version", version.version()));
		this.sends.save(tenant, List.of(new SendUpdate(send, SendStatus.QUEUED, null, null, null, draft, explanation)));
		record(caller, send, version);
		return send;
	}

	private void record(Caller caller, SendId send, Template version) {
		Instant now = this.clock.instant();
		String actor = caller.actor();
		this.ledger.record(List.of(
				new LedgerEntry(caller.tenant(), now, "template.tested", "template:" + version.key(), actor,
						Map.of("version", version.version(), "send", send.toString())),
				new LedgerEntry(caller.tenant(), now, "send.queued", "send:" + send, actor,
						Map.of("template", version.key(), "version", version.version(), "test", true))));
	}

}
