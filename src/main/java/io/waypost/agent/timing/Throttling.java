package io.waypost.agent.timing;

import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

import io.waypost.agent.ExplanationSections;
import io.waypost.delivery.RecentSendCounts;
import io.waypost.policy.DecisionResult;
import io.waypost.policy.DecisionTableEvaluator;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The decision table {@code throttling}: quiet hours and frequency caps. */
@Component
public class Throttling {

	/** Local hour with {@code waypost.fast-time}. */
	static final int NOON = 12;

	private final TableEvaluator rules;

	private final boolean fastTime;

	@Autowired
	public Throttling(DecisionTableEvaluator decisions, @Value("${waypost.fast-time:false}") boolean fastTime) {
		this(decisions::evaluate, fastTime);
	}

	Throttling(TableEvaluator rules, boolean fastTime) {
		this.rules = rules;
		this.fastTime = fastTime;
	}

	/** Evaluates a decision table; tests replace it. */
	public interface TableEvaluator {

		DecisionResult evaluate(String table, Map<String, @Nullable Object> inputs);

	}

	boolean isFastTime() {
		return this.fastTime;
	}

	/** Returns the recipient's local hour. */
	int localHour(Instant now, ZoneId zone) {
		return this.fastTime ? NOON : SendWindow.localHour(now, zone);
	}

	/** Evaluates the table. */
	public ThrottlingResult evaluate(ThrottlingInput question) {
		return ThrottlingResult.of(this.rules.evaluate("throttling", question.inputs()));
	}

	/**
	 * Input of the table.
	 *
	 * @param topic what the message is about
	 * @param localHour what the recipient's clock shows
	 * @param sent what the recipient got lately, by journeys and campaigns alike
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

	/** Answer of the table. */
	public enum ThrottlingAction {

		SEND, DEFER, STOP

	}

	/**
	 * Answer of the table with its details.
	 *
	 * @param decision what may be done
	 * @param reason why
	 * @param resumeHour when to try again on the recipient's clock, with DEFER
	 * @param verdict the table's own words
	 */
	public record ThrottlingResult(ThrottlingAction action, String reason, int resumeHour, DecisionResult verdict) {

		static ThrottlingResult of(DecisionResult verdict) {
			ThrottlingAction decision = switch (verdict.text("decision")) {
				case "SEND" -> ThrottlingAction.SEND;
				case "STOP" -> ThrottlingAction.STOP;
				case "DEFER" -> ThrottlingAction.DEFER;
				default -> throw new IllegalStateException(
						"Decision table 'throttling' version %d answers '%s' by rule %s; it must be SEND, DEFER or STOP"
							.formatted(verdict.version(), verdict.text("decision"), verdict.rulesHit()));
			};
			return new ThrottlingResult(decision, verdict.text("reason"),
					(decision == ThrottlingAction.DEFER) ? resumeHour(verdict) : 0, verdict);
		}

		/** Returns the section of an explanation. */
		public Map<String, Object> explained(ThrottlingInput question, ZoneId zone) {
			Map<String, Object> section = new LinkedHashMap<>(question.inputs());
			section.put("timeZone", zone.getId());
			section.put("decision", this.action.name());
			section.put("reason", this.reason);
			section.put("table", this.verdict.table());
			section.putAll(ExplanationSections.verdictEntry(this.verdict));
			return section;
		}

		private static int resumeHour(DecisionResult verdict) {
			if (verdict.single().get("resumeHour") instanceof Number hour && hour.intValue() >= 0
					&& hour.intValue() < 24) {
				return hour.intValue();
			}
			throw new IllegalStateException(
					"Decision table 'throttling' version %d defers by rule %s without a resumeHour from 0 to 23"
						.formatted(verdict.version(), verdict.rulesHit()));
		}

	}

}
