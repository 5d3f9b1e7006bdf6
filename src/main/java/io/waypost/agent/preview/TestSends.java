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
import io.waypost.access.InvalidRequest;
import io.waypost.consent.SendPermission;
import io.waypost.consent.SendPermissionEvaluator;
import io.waypost.content.EmailDraft;
import io.waypost.content.Template;
import io.waypost.delivery.Deliveries;
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
 * Sends a version of a template to somebody who may look at it, the way every message
 * goes: as a send, through the dispatcher, with the gate asked again. It bears a mark,
 * knows no frequency cap and no quiet hours, and counts for neither.
 */
@Component
public class TestSends {

	/** So that nobody can be sent a campaign as a string of tests. */
	private static final int MOST_A_DAY = 20;

	private static final String MARK = "[Test] ";

	private final MessagePreview rehearsal;

	private final TestRecipients readers;

	private final SendPermissionEvaluator permissions;

	private final Profiles profiles;

	private final Deliveries deliveries;

	private final SendLog log;

	private final Ledger ledger;

	private final IdGenerator ids;

	private final Clock clock;

	TestSends(MessagePreview rehearsal, TestRecipients readers, SendPermissionEvaluator permissions, Profiles profiles,
			Deliveries deliveries, SendLog log, Ledger ledger, IdGenerator ids, Clock clock) {
		this.rehearsal = rehearsal;
		this.readers = readers;
		this.permissions = permissions;
		this.profiles = profiles;
		this.deliveries = deliveries;
		this.log = log;
		this.ledger = ledger;
		this.ids = ids;
		this.clock = clock;
	}

	/**
	 * Sends a test.
	 * @param caller an editor
	 * @param version what to say, approved or not
	 * @param recipient to whom
	 * @return under which the message can be followed
	 * @throws InvalidRequest a 404 when nobody has that id, a 409 when there is nothing
	 * to say, when the words must not leave the house or when permission is withheld, a
	 * 429 after too many tests
	 */
	@Transactional
	public SendId send(Caller caller, Template version, TestSendRequest recipient) {
		AccessRight.CHANGE_CONTENT.require(caller);
		TenantId tenant = caller.tenant();
		String actor = "user:" + caller.name();
		ProfileId reader = reader(tenant, actor, recipient);
		ProfileId shown = (recipient.userId() != null) ? this.readers.person(tenant, recipient.userId()) : reader;
		// Held until the commit, so that an erasure either finds this send or comes first
		this.profiles.survivors(tenant, List.of(reader, shown));
		String topic = (recipient.to() != null) ? TestRecipients.TOPIC : version.topic();
		requirePermission(tenant, reader, topic);
		requireRoom(tenant, reader);
		PreviewResult rehearsed = this.rehearsal.preview(tenant, shown, version);
		return queue(caller, reader, topic, rehearsed, words(rehearsed));
	}

	private ProfileId reader(TenantId tenant, String actor, TestSendRequest recipient) {
		if (recipient.to() != null) {
			return this.readers.address(tenant, actor, recipient.to());
		}
		if (recipient.userId() != null) {
			return this.readers.person(tenant, recipient.userId());
		}
		throw InvalidRequest.badRequest("/userId", "is missing; name a person, or one of the test addresses in /to");
	}

	private void requirePermission(TenantId tenant, ProfileId reader, String topic) {
		SendPermission permission = this.permissions
			.preview(tenant, topic, Set.of(reader), this.profiles.read(tenant, Set.of(reader)))
			.get(reader);
		if (!(permission instanceof SendPermission.Granted)) {
			String reason = (permission instanceof SendPermission.Withheld withheld) ? withheld.reason() : "unknown";
			throw InvalidRequest.conflict(("This person may not be written to about '%s' (%s), not even with a test;"
					+ " choose somebody who agreed, or a test address")
				.formatted(topic, reason));
		}
	}

	private void requireRoom(TenantId tenant, ProfileId reader) {
		Instant since = this.clock.instant().minus(Duration.ofDays(1));
		long today = this.log.list(tenant, new SendFilter(reader, null, null, SendRequest.TEST), MOST_A_DAY, null)
			.items()
			.stream()
			.filter((send) -> send.createdAt().isAfter(since))
			.count();
		if (today >= MOST_A_DAY) {
			throw new InvalidRequest(HttpStatus.TOO_MANY_REQUESTS,
					"This person got %d tests within 24 hours, and that is the most; use the preview".formatted(today),
					List.of());
		}
	}

	private static EmailDraft words(PreviewResult rehearsed) {
		@Nullable EmailDraft draft = rehearsed.draft();
		if (draft == null || !rehearsed.sendable()) {
			throw InvalidRequest
				.conflict("There is no test to send: the agents stopped it (%s); the preview shows what they found"
					.formatted(Objects.requireNonNullElse(rehearsed.reason(), "nothing_to_say")));
		}
		return new EmailDraft(draft.locale(), MARK + draft.subject(), draft.preheader(), draft.headline(),
				draft.paragraphs(), draft.items(), draft.callToAction(), draft.closing());
	}

	private SendId queue(Caller caller, ProfileId reader, String topic, PreviewResult rehearsed, EmailDraft words) {
		TenantId tenant = caller.tenant();
		Template version = rehearsed.template();
		Map<String, Object> trigger = Map.of("source", "test", "caller", caller.name(), "version", version.version());
		SendId send = this.deliveries
			.plan(tenant, List.of(new SendRequest(reader, new JourneyRunId(this.ids.next()), SendRequest.TEST,
					"message", version.key(), topic, trigger, Map.of())))
			.getFirst()
			.id();
		Map<String, Object> explanation = new LinkedHashMap<>(rehearsed.explanation());
		// Those were asked for the person whose facts it shows; the gate answers for the
		// reader
		explanation.keySet().removeAll(Set.of("permission", "throttling"));
		explanation.put("test", Map.of("by", caller.name(), "template", version.key(), "version", version.version()));
		this.deliveries.save(tenant,
				List.of(new SendUpdate(send, SendStatus.QUEUED, null, null, null, words, explanation)));
		record(caller, send, version);
		return send;
	}

	private void record(Caller caller, SendId send, Template version) {
		Instant now = this.clock.instant();
		String actor = "user:" + caller.name();
		this.ledger.record(List.of(
				new LedgerEntry(caller.tenant(), now, "template.tested", "template:" + version.key(), actor,
						Map.of("version", version.version(), "send", send.toString())),
				new LedgerEntry(caller.tenant(), now, "send.queued", "send:" + send, actor,
						Map.of("template", version.key(), "version", version.version(), "test", true))));
	}

}
