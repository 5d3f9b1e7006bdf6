package io.waypost.journey.run;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.waypost.agent.Trigger;
import io.waypost.agent.trigger.TriggerMatch;
import io.waypost.identity.ProfilesMerged;
import io.waypost.ingestion.EventsRecorded;
import io.waypost.journey.message.PendingMessages;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Turns events into runs, inside the transaction that stores the events: at most two
 * statements for a batch, none when nothing matches. The engine starts after the commit,
 * so its failures do not affect ingestion.
 */
@Component
class TriggerListener {

	private final Trigger trigger;

	private final JourneyRunRepository runs;

	private final PendingMessages pendingMessages;

	private final IdGenerator ids;

	private final Clock clock;

	private final RunStarter runStarter;

	TriggerListener(Trigger trigger, JourneyRunRepository runs, PendingMessages pendingMessages, IdGenerator ids,
			Clock clock, RunStarter runStarter) {
		this.trigger = trigger;
		this.runs = runs;
		this.pendingMessages = pendingMessages;
		this.ids = ids;
		this.clock = clock;
		this.runStarter = runStarter;
	}

	@EventListener
	@Order(80)
	void on(EventsRecorded recorded) {
		List<TriggerMatch> matches = this.trigger.match(recorded.tenant(), recorded.events());
		if (!matches.isEmpty()) {
			store(recorded.tenant(), matches);
			this.runStarter.wakeAfterCommit();
		}
	}

	@EventListener
	@Order(80)
	void on(ProfilesMerged merged) {
		Map<ProfileId, ProfileId> survivors = merged.survivors();
		if (!survivors.isEmpty()) {
			this.runs.moveToSurvivors(merged.tenant(), survivors);
		}
	}

	/** Ids grow in the order of the matches: a message concerns earlier runs only. */
	private void store(TenantId tenant, List<TriggerMatch> matches) {
		Instant now = this.clock.instant();
		List<NewRun> starts = new ArrayList<>();
		List<PendingMessages.NewPendingMessage> messages = new ArrayList<>();
		for (TriggerMatch match : matches) {
			UUID id = this.ids.next();
			switch (match) {
				case TriggerMatch.StartJourney start -> starts.add(NewRun.of(new JourneyRunId(id), start, now));
				case TriggerMatch.CorrelateMessage message ->
					messages.add(PendingMessages.NewPendingMessage.of(id, message));
			}
		}
		if (!starts.isEmpty()) {
			this.runs.open(tenant, starts, now);
		}
		if (!messages.isEmpty()) {
			this.pendingMessages.store(tenant, messages, now);
		}
	}

}
