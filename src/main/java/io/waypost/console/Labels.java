package io.waypost.console;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.waypost.campaign.CampaignStatus;
import io.waypost.delivery.SendStatus;
import io.waypost.experiment.ExperimentDecision;
import io.waypost.experiment.GuardrailMetric;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Texts of the console's message bundle, and labels for codes. */
@Component
public class Labels {

	private static final Pattern NUMBERED = Pattern.compile("([A-Za-z]+)\\[(\\d{1,4})](?:\\.(\\w+))?");

	private final MessageSource messages;

	public Labels(MessageSource messages) {
		this.messages = messages;
	}

	/**
	 * Reads a text of the bundle.
	 * @param key its key
	 * @param arguments values of the placeholders; numbers are formatted for English
	 * @return the text
	 * @throws org.springframework.context.NoSuchMessageException for an unknown key
	 */
	public String text(String key, Object... arguments) {
		return this.messages.getMessage(key, arguments, Locale.ENGLISH);
	}

	/** Returns name, tone and meaning of a send's status. */
	public StatusView status(SendStatus status) {
		String code = status.name().toLowerCase(Locale.ROOT);
		return new StatusView(code, get("status." + code, humanise(code)), tone(status),
				get("status." + code + ".meaning", ""));
	}

	/** Returns name, tone and meaning of a campaign's status. */
	public StatusView campaign(CampaignStatus status) {
		String code = status.name().toLowerCase(Locale.ROOT);
		return new StatusView(code, get("campaign." + code, humanise(code)), tone(status),
				get("campaign." + code + ".meaning", ""));
	}

	/** Returns name and tone of an experiment's decision. */
	public StatusView decision(ExperimentDecision decision) {
		String code = decision.name().toLowerCase(Locale.ROOT);
		return new StatusView(code, get("decision." + code, humanise(code)), switch (decision) {
			case SHIP -> "good";
			case ROLLBACK, REVIEW -> "wait";
			case KEEP_RUNNING -> "busy";
			case INCONCLUSIVE -> "held";
		}, "");
	}

	public String guardrailMetric(GuardrailMetric metric) {
		String code = metric.name().toLowerCase(Locale.ROOT);
		return get("guardrailMetric." + code, humanise(code));
	}

	public List<StatusView> statuses() {
		return Arrays.stream(SendStatus.values()).map(this::status).toList();
	}

	/**
	 * Returns the label of a reason code. A code such as {@code blocked.legal} without a
	 * label of its own uses the label of {@code blocked}.
	 * @param code reason code of a send, content or campaign
	 * @return the label, null without a code
	 */
	public @Nullable String reason(@Nullable String code) {
		if (code == null || code.isBlank()) {
			return null;
		}
		String exact = find("reason." + code);
		if (exact != null) {
			return exact;
		}
		int dot = code.indexOf('.');
		String family = (dot > 0) ? find("reason." + code.substring(0, dot)) : null;
		return (family != null) ? family + " (" + humanise(code.substring(dot + 1)) + ")" : humanise(code);
	}

	/** Returns the label of an audit log entry's kind. */
	public String ledgerEntry(String kind) {
		return get("ledger." + kind, humanise(kind));
	}

	/** Returns the label of a member of an explanation, such as {@code rulesHit}. */
	public String factName(String key) {
		return get("fact." + key, humanise(key));
	}

	/** Returns the label of a feature. */
	public String feature(String name) {
		return get("feature." + name, humanise(name));
	}

	/** Returns the name of a journey for lists; single messages have none. */
	public String journey(String key) {
		return get("journey.key." + key, key);
	}

	/** Returns the title of a section of an explanation. */
	public String sectionTitle(String section) {
		return get("section." + section, humanise(section));
	}

	/** Returns the label of a part of a template. */
	public String fieldName(String code) {
		return get("field." + code, humanise(code));
	}

	/**
	 * Returns the label of a finding's location: {@code paragraphs[1]} is the 2nd
	 * paragraph.
	 * @param code field, with an index from 0 in brackets when it is a list
	 * @return its label
	 */
	public String location(String code) {
		Matcher numbered = NUMBERED.matcher(code);
		if (!numbered.matches()) {
			return fieldName(code);
		}
		String many = numbered.group(1);
		String one = get("field." + many + ".one", many.endsWith("s") ? many.substring(0, many.length() - 1) : many);
		String part = (numbered.group(3) != null) ? ", " + humanise(numbered.group(3)).toLowerCase(Locale.ROOT) : "";
		return ordinal(Integer.parseInt(numbered.group(2)) + 1) + " " + one + part;
	}

	public String severity(String code) {
		return get("severity." + code, humanise(code));
	}

	/** Returns the name of a component in the health check. */
	public String healthCheck(String component) {
		return get("health." + component, humanise(component));
	}

	/** Returns the label of a health status such as {@code OUT_OF_SERVICE}. */
	public String healthStatus(String code) {
		return get("health.status." + code, humanise(code));
	}

	/** Returns the label of a lifecycle stage, angle, consent status or another code. */
	public String code(String code) {
		return get("code." + code.toLowerCase(Locale.ROOT), humanise(code));
	}

	/**
	 * Makes a label from an identifier: {@code sentLastDay} and {@code sent_last_day}
	 * become {@code Sent last day}.
	 * @param code any identifier
	 * @return its label
	 */
	public static String humanise(String code) {
		String spaced = code.replaceAll("([a-z0-9])([A-Z])", "$1 $2")
			.replaceAll("[_.-]+", " ")
			.strip()
			.toLowerCase(Locale.ROOT);
		return spaced.isEmpty() ? spaced : Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1);
	}

	/**
	 * Returns how a page names an actor.
	 * @param actor as in the audit log
	 * @return the part after the type; an API token with its type,
	 * {@code token:reporting}, because a user may have the same name
	 */
	public static String actorName(String actor) {
		return actor.startsWith("token:") ? actor : actor.substring(actor.indexOf(':') + 1);
	}

	private @Nullable String find(String key) {
		return this.messages.getMessage(key, null, null, Locale.ENGLISH);
	}

	private String get(String key, String otherwise) {
		String text = find(key);
		return (text != null) ? text : otherwise;
	}

	private static String ordinal(int number) {
		int last = number % 10;
		boolean teens = number / 10 % 10 == 1;
		String ending = (teens || last > 3 || last == 0) ? "th" : (last == 1) ? "st" : (last == 2) ? "nd" : "rd";
		return number + ending;
	}

	private static String tone(CampaignStatus status) {
		return switch (status) {
			case DRAFT, CANCELLED -> "held";
			case AWAITING_APPROVAL, IN_REVIEW, PAUSED -> "wait";
			case PREPARING, TESTING, SENDING -> "busy";
			case COMPLETED -> "good";
			case FAILED -> "bad";
		};
	}

	private static String tone(SendStatus status) {
		return switch (status) {
			case ACCEPTED, DELIVERED -> "good";
			case DEFERRED, FLAGGED -> "wait";
			case WITHHELD, RESOLVED_BY_POLICY -> "held";
			case PLANNED, CLEARED, QUEUED, SUBMITTING, UNKNOWN -> "busy";
			case BOUNCED, COMPLAINED, DROPPED, DEAD -> "bad";
		};
	}

}
