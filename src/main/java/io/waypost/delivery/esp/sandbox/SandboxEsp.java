package io.waypost.delivery.esp.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.waypost.delivery.esp.Esp;
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
class SandboxEsp implements Esp {

	private final EspSettings settings;

	private final SandboxMailbox mailbox;

	SandboxEsp(EspSettings settings, SandboxMailbox mailbox) {
		this.settings = settings;
		this.mailbox = mailbox;
	}

	@Override
	public String name() {
		return this.settings.name();
	}

	@Override
	public SubmitOutcome submit(OutboundEmail email) {
		String local = email.to().value().toLowerCase(Locale.ROOT);
		if (local.startsWith("refuse+")) {
			return new SubmitOutcome.Refused("scripted", null);
		}
		SubmitOutcome outcome = keep(email, script(local));
		boolean lost = local.startsWith("unknown+") && outcome instanceof SubmitOutcome.Accepted;
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
		CompletableFuture<SubmitOutcome> answer = this.mailbox
			.put(new Arrival(email, script, new CompletableFuture<>()));
		return answer
			.completeOnTimeout(new SubmitOutcome.Unknown("esp.no_answer"), this.settings.timeout().toMillis(),
					TimeUnit.MILLISECONDS)
			.join();
	}

}
