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

	private final SandboxRecipients readers;

	SandboxEsp(EspSettings settings, SandboxMailbox mailbox, SandboxAcceptLog acceptLog, SandboxRecipients readers) {
		this.settings = settings;
		this.mailbox = mailbox;
		this.acceptLog = acceptLog;
		this.readers = readers;
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
		return isRefused(email) ? REFUSED : answer(email, keep(email));
	}

	@Override
	public List<SubmitOutcome> submitAll(List<OutboundEmail> emails) {
		List<OutboundEmail> accepted = emails.stream().filter((email) -> !isRefused(email)).toList();
		Iterator<SubmitOutcome> kept = (isAcceptLog() ? this.acceptLog.keep(accepted)
				: this.mailbox.storeAll(accepted.stream().map(this::arrival).toList()))
			.iterator();
		return emails.stream().map((email) -> isRefused(email) ? REFUSED : answer(email, kept.next())).toList();
	}

	private boolean isAcceptLog() {
		return this.settings.keep().equals(EspSettings.ACCEPT_LOG);
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
		List<SimulatedEvent> reports = new ArrayList<>(List.of(new SimulatedEvent(Type.PROCESSED, Duration.ZERO)));
		if (local.startsWith("bounce+")) {
			reports.add(new SimulatedEvent(Type.BOUNCED, delay));
			return new EventSchedule(name(), reports);
		}
		reports.add(new SimulatedEvent(Type.DELIVERED, delay));
		if (local.startsWith("complaint+")) {
			reports.add(new SimulatedEvent(Type.COMPLAINED, delay.multipliedBy(2)));
		}
		this.readers.react(email)
			.forEach((reaction) -> reports.add(new SimulatedEvent(reaction.type(), delay.plus(reaction.after()))));
		return new EventSchedule(name(), reports);
	}

	private SubmitOutcome keep(OutboundEmail email) {
		return this.mailbox.store(arrival(email))
			.completeOnTimeout(new SubmitOutcome.Unknown("esp.no_answer"), this.settings.timeout().toMillis(),
					TimeUnit.MILLISECONDS)
			.join();
	}

	private ReceivedMessage arrival(OutboundEmail email) {
		return new ReceivedMessage(email, schedule(email), new CompletableFuture<>());
	}

}
