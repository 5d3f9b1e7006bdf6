package io.waypost.agent.decide;

import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

import io.waypost.agent.AgentSettings;
import io.waypost.agent.ExplanationSections;
import io.waypost.agent.RecipientDecision;
import io.waypost.agent.timing.QuietHoursAndCaps;
import io.waypost.agent.timing.SendTimeSelector;
import io.waypost.agent.timing.SendWindow;
import io.waypost.consent.SendPermission;
import org.jspecify.annotations.Nullable;

/**
 * Decides about recipients: permission first, then quiet hours, frequency caps and send
 * time. All modules use this class. It runs no queries. An instance is valid for the
 * messages of one topic at one time. Not thread-safe.
 */
public final class RecipientDecider {

	private final SendTimeSelector timing;

	private final AgentSettings settings;

	private final Instant now;

	public RecipientDecider(SendTimeSelector timing, AgentSettings settings, Instant now) {
		this.timing = timing;
		this.settings = settings;
		this.now = now;
	}

	/** Decides permission and, if it is granted, the send window. */
	public RecipientDecision decide(RecipientFacts facts) {
		return switch (permission(facts.permission(), this.now)) {
			case RecipientDecision.Send(Instant at, Map<String, Object> explanation) ->
				sendWindow(facts, new LinkedHashMap<>(explanation));
			case RecipientDecision withheld -> withheld;
		};
	}

	/** Decides permission; null means no permission. */
	public static RecipientDecision permission(@Nullable SendPermission permission, Instant now) {
		return switch (permission) {
			case null -> new RecipientDecision.Withhold("unknown", Map.of());
			case SendPermission.Granted granted -> new RecipientDecision.Send(null,
					Map.of("permission", ExplanationSections.permission("GRANTED", null, granted.decision(), now)));
			case SendPermission.Withheld withheld ->
				new RecipientDecision.Withhold(withheld.reason(), Map.of("permission",
						ExplanationSections.permission("WITHHELD", withheld.reason(), withheld.decision(), now)));
		};
	}

	/** Decides quiet hours, frequency caps and send time, without permission. */
	public RecipientDecision sendWindow(RecipientFacts facts) {
		return sendWindow(facts, new LinkedHashMap<>());
	}

	private RecipientDecision sendWindow(RecipientFacts facts, Map<String, Object> explanation) {
		ZoneId zone = this.settings.zone(facts.profile(), facts.features());
		SendTimeSelector.SelectedTime selected = this.timing.select(facts, zone);
		QuietHoursAndCaps.ThrottlingResult throttlingResult = selected.result();
		Map<String, Object> throttling = throttlingResult.explained(selected.input(), zone);
		explanation.put("throttling", throttling);
		if (selected.explanation() != null) {
			explanation.put("timing", selected.explanation());
		}
		return switch (throttlingResult.action()) {
			case SEND -> new RecipientDecision.Send(selected.at(), explanation);
			case STOP -> new RecipientDecision.Withhold(throttlingResult.reason(), explanation);
			case DEFER -> {
				Instant until = SendWindow.next(this.now, zone, throttlingResult.resumeHour());
				throttling.put("deferrals", facts.deferrals() + 1);
				throttling.put("until", until.toString());
				yield new RecipientDecision.Defer(until, throttlingResult.reason(), explanation);
			}
		};
	}

}
