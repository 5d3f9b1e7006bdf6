package io.waypost.agent.timing;

import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

import io.waypost.agent.ExplanationSections;
import io.waypost.delivery.RecentSendCounts;
import io.waypost.kernel.FastTime;
import io.waypost.kernel.TenantId;
import io.waypost.policy.DecisionResult;
import io.waypost.policy.DecisionTableEvaluator;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The decision table {@code throttling}: quiet hours and frequency caps. */
@Component
public class QuietHoursAndCaps {

	/** Local hour with {@code waypost.fast-time}. */
	static final int NOON = 12;

	private final TableEvaluator rules;

	private final FastTime fastTime;

	@Autowired
	public QuietHoursAndCaps(DecisionTableEvaluator decisions, FastTime fastTime) {
		this(decisions::evaluate, fastTime);
	}

	QuietHoursAndCaps(TableEvaluator rules, FastTime fastTime) {
		this.rules = rules;
		this.fastTime = fastTime;
	}

	/** Evaluates a decision table; tests replace it. */
	public interface TableEvaluator {

		DecisionResult evaluate(TenantId tenant, String table, Map<String, @Nullable Object> inputs);

	}

	FastTime fastTime() {
		return this.fastTime;
	}

	/** Returns the recipient's local hour. */
	int localHour(Instant now, ZoneId zone) {
		return this.fastTime.enabled() ? NOON : SendWindow.localHour(now, zone);
	}

	/** Evaluates the table. */
	public ThrottlingResult evaluate(TenantId tenant, ThrottlingInput input) {
		return ThrottlingResult.of(this.rules.evaluate(tenant, "throttling", input.inputs()));
	}

	/**
	 * Input of the table.
	 *
	 * @param topic topic of the message
	 * @param localHour local hour of the recipient, 0 to 23
	 * @param sent recent messages of journeys and campaigns
	 * @param deferrals number of earlier deferrals of this message
	 */
	public record ThrottlingInput(String topic, int localHour, RecentSendCounts sent, int deferrals) {

		Map<String, @Nullable Object> inputs() {
			Map<String, @Nullable Object> inputs = new LinkedHashMap<>();
			inputs.put("topic", this.topic);
			inputs.put("localHour", this.localHour);
			inputs.put("sentLastDay", this.sent.lastDay());
			inputs.put("sentLastWeek", this.sent.lastWeek());
			inputs.put("deferrals", this.deferrals);
			return inputs;
		}

	}

	/** Result of the table. */
	public enum ThrottlingAction {

		SEND, DEFER, STOP

	}

	/**
	 * Result of the table with its details.
	 *
	 * @param action what is allowed
	 * @param reason short code
	 * @param resumeHour hour in the recipient's time zone at which to try again, with
	 * DEFER
	 * @param result version of the table, matched rules and outputs
	 */
	public record ThrottlingResult(ThrottlingAction action, String reason, int resumeHour, DecisionResult result) {

		static ThrottlingResult of(DecisionResult result) {
			ThrottlingAction decision = switch (result.text("decision")) {
				case "SEND" -> ThrottlingAction.SEND;
				case "STOP" -> ThrottlingAction.STOP;
				case "DEFER" -> ThrottlingAction.DEFER;
				default -> throw new IllegalStateException(
						"Decision table 'throttling' version %d answers '%s' by rule %s; it must be SEND, DEFER or STOP"
							.formatted(result.version(), result.text("decision"), result.rulesHit()));
			};
			return new ThrottlingResult(decision, result.text("reason"),
					(decision == ThrottlingAction.DEFER) ? resumeHour(result) : 0, result);
		}

		/** Returns the section of an explanation. */
		public Map<String, Object> explained(ThrottlingInput input, ZoneId zone) {
			Map<String, Object> section = new LinkedHashMap<>(input.inputs());
			section.put("timeZone", zone.getId());
			section.put("decision", this.action.name());
			section.put("reason", this.reason);
			section.put("table", this.result.table());
			section.putAll(ExplanationSections.tableEntry(this.result));
			return section;
		}

		private static int resumeHour(DecisionResult result) {
			if (result.single().get("resumeHour") instanceof Number hour && hour.intValue() >= 0
					&& hour.intValue() < 24) {
				return hour.intValue();
			}
			throw new IllegalStateException(
					"Decision table 'throttling' version %d defers by rule %s without a resumeHour from 0 to 23"
						.formatted(result.version(), result.rulesHit()));
		}

	}

}
