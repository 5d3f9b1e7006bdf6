package io.waypost.delivery.esp.sandbox;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.waypost.delivery.esp.BulkEsp;
import io.waypost.delivery.esp.EspReport.Kind;
import io.waypost.delivery.esp.EspSettings;
import io.waypost.delivery.esp.OutboundEmail;
import io.waypost.delivery.esp.SubmitOutcome;
import io.waypost.delivery.esp.sandbox.SandboxMailbox.Arrival;
import io.waypost.delivery.esp.sandbox.SandboxMailbox.Script;

/**
 * Answers like an ESP, by script: recipients whose local part begins with
 * {@code bounce+}, {@code complaint+}, {@code unknown+} or {@code refuse+} meet that
 * fate, all others are delivered.
 */
class SandboxEsp implements BulkEsp {

	private static final SubmitOutcome REFUSED = new SubmitOutcome.Refused("scripted", null);

	private final EspSettings settings;

	private final SandboxMailbox mailbox;

	private final SandboxAcceptLog acceptLog;

	SandboxEsp(EspSettings settings, SandboxMailbox mailbox, SandboxAcceptLog acceptLog) {
		this.settings = settings;
		this.mailbox = mailbox;
		this.acceptLog = acceptLog;
	}

	@Override
	public String name() {
		return this.settings.name();
	}

	@Override
	public SubmitOutcome submit(OutboundEmail email) {
		if (keepsLog()) {
			return submitAll(List.of(email)).getFirst();
		}
		return isRefused(email) ? REFUSED : answer(email, keep(email, script(local(email))));
	}

	@Override
	public List<SubmitOutcome> submitAll(List<OutboundEmail> emails) {
		List<OutboundEmail> taken = emails.stream().filter((email) -> !isRefused(email)).toList();
		Iterator<SubmitOutcome> kept = (keepsLog() ? this.acceptLog.keep(taken)
				: this.mailbox.putAll(taken.stream().map((email) -> arrival(email, script(local(email)))).toList()))
			.iterator();
		return emails.stream().map((email) -> isRefused(email) ? REFUSED : answer(email, kept.next())).toList();
	}

	private boolean keepsLog() {
		return this.settings.keep().equals(EspSettings.ACCEPT_LOG);
	}

	private static String local(OutboundEmail email) {
		return email.to().value().toLowerCase(Locale.ROOT);
	}

	private static boolean isRefused(OutboundEmail email) {
		return local(email).startsWith("refuse+");
	}

	private static SubmitOutcome answer(OutboundEmail email, SubmitOutcome outcome) {
		boolean lost = outcome instanceof SubmitOutcome.Accepted && local(email).startsWith("unknown+");
		return lost ? new SubmitOutcome.Unknown("scripted") : outcome;
	}

	private Script script(String local) {
		Duration delay = this.settings.eventDelay();
		if (local.startsWith("bounce+")) {
			return new Script(name(), delay, List.of(Kind.PROCESSED, Kind.BOUNCED));
		}
		if (local.startsWith("complaint+")) {
			return new Script(name(), delay, List.of(Kind.PROCESSED, Kind.DELIVERED, Kind.COMPLAINED));
		}
		return new Script(name(), delay, List.of(Kind.PROCESSED, Kind.DELIVERED));
	}

	private SubmitOutcome keep(OutboundEmail email, Script script) {
		return this.mailbox.put(arrival(email, script))
			.completeOnTimeout(new SubmitOutcome.Unknown("esp.no_answer"), this.settings.timeout().toMillis(),
					TimeUnit.MILLISECONDS)
			.join();
	}

	private static Arrival arrival(OutboundEmail email, Script script) {
		return new Arrival(email, script, new CompletableFuture<>());
	}

}
