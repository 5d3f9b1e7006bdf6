package io.waypost.delivery.esp.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.waypost.delivery.esp.BulkEsp;
import io.waypost.delivery.esp.EspEvent.Type;
import io.waypost.delivery.esp.EspSettings;
import io.waypost.delivery.esp.OutboundEmail;
import io.waypost.delivery.esp.SandboxRecipients;
import io.waypost.delivery.esp.SandboxRecipients.SimulatedEvent;
import io.waypost.delivery.esp.SubmitOutcome;
import io.waypost.delivery.esp.sandbox.SandboxMailbox.EventSchedule;
import io.waypost.delivery.esp.sandbox.SandboxMailbox.ReceivedMessage;

/**
 * Answers like a provider. Recipients whose local part starts with {@code bounce+},
 * {@code complaint+}, {@code unknown+} or {@code refuse+} get that outcome; all others
 * are delivered. {@link SandboxRecipients} then simulate opens and clicks.
 */
class SandboxEsp implements BulkEsp {

	private static final SubmitOutcome REFUSED = new SubmitOutcome.Refused("scripted", null);

	private final EspSettings settings;

	private final SandboxMailbox mailbox;

	private final SandboxAcceptLog acceptLog;

	private final SandboxRecipients recipients;

	SandboxEsp(EspSettings settings, SandboxMailbox mailbox, SandboxAcceptLog acceptLog, SandboxRecipients recipients) {
		this.settings = settings;
		this.mailbox = mailbox;
		this.acceptLog = acceptLog;
		this.recipients = recipients;
	}

	@Override
	public String name() {
		return this.settings.name();
	}

	@Override
	public SubmitOutcome submit(OutboundEmail email) {
		if (isAcceptLog()) {
			return submitAll(List.of(email)).getFirst();
		}
		return isRefused(email) ? REFUSED : answer(email, store(email));
	}

	@Override
	public List<SubmitOutcome> submitAll(List<OutboundEmail> emails) {
		List<OutboundEmail> accepted = emails.stream().filter((email) -> !isRefused(email)).toList();
		Iterator<SubmitOutcome> outcomes = (isAcceptLog() ? this.acceptLog.accept(accepted)
				: this.mailbox.storeAll(accepted.stream().map(this::toReceivedMessage).toList()))
			.iterator();
		return emails.stream().map((email) -> isRefused(email) ? REFUSED : answer(email, outcomes.next())).toList();
	}

	private boolean isAcceptLog() {
		return this.settings.sandboxMode().equals(EspSettings.ACCEPT_LOG);
	}

	private static String local(OutboundEmail email) {
		return email.to().value().toLowerCase(Locale.ROOT);
	}

	private static boolean isRefused(OutboundEmail email) {
		return local(email).startsWith("refuse+");
	}

	private static SubmitOutcome answer(OutboundEmail email, SubmitOutcome outcome) {
		boolean answerLost = outcome instanceof SubmitOutcome.Accepted && local(email).startsWith("unknown+");
		return answerLost ? new SubmitOutcome.Unknown("scripted") : outcome;
	}

	/** Schedules the first event without delay, like a provider. */
	private EventSchedule schedule(OutboundEmail email) {
		String local = local(email);
		Duration delay = this.settings.eventDelay();
		List<SimulatedEvent> events = new ArrayList<>(List.of(new SimulatedEvent(Type.PROCESSED, Duration.ZERO)));
		if (local.startsWith("bounce+")) {
			events.add(new SimulatedEvent(Type.BOUNCED, delay));
			return new EventSchedule(name(), events);
		}
		events.add(new SimulatedEvent(Type.DELIVERED, delay));
		if (local.startsWith("complaint+")) {
			events.add(new SimulatedEvent(Type.COMPLAINED, delay.multipliedBy(2)));
		}
		this.recipients.react(email)
			.forEach((event) -> events.add(new SimulatedEvent(event.type(), delay.plus(event.after()))));
		return new EventSchedule(name(), events);
	}

	private SubmitOutcome store(OutboundEmail email) {
		return this.mailbox.store(toReceivedMessage(email))
			.completeOnTimeout(new SubmitOutcome.Unknown("esp.no_answer"), this.settings.timeout().toMillis(),
					TimeUnit.MILLISECONDS)
			.join();
	}

	private ReceivedMessage toReceivedMessage(OutboundEmail email) {
		return new ReceivedMessage(email, schedule(email), new CompletableFuture<>());
	}

}
