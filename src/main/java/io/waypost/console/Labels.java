package io.waypost.console;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.waypost.campaign.CampaignStatus;
import io.waypost.delivery.SendStatus;
import io.waypost.experiment.ExperimentDecision;
import io.waypost.experiment.GuardrailMetric;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.EncodedResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.stereotype.Component;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Turns codes into the glossary's words. */
@Component
public class Labels {

	private static final Pattern NUMBERED = Pattern.compile("([A-Za-z]+)\\[(\\d{1,4})](?:\\.(\\w+))?");

	private final Properties labels;

	public Labels() throws IOException {
		this.labels = PropertiesLoaderUtils
			.loadProperties(new EncodedResource(new ClassPathResource("console/words.properties"), UTF_8));
	}

	public StatusView status(SendStatus status) {
		String code = status.name().toLowerCase(Locale.ROOT);
		return new StatusView(code, get("status." + code, humanise(code)), tone(status),
				get("status." + code + ".meaning", ""));
	}

	/** A campaign's standing. */
	public StatusView campaign(CampaignStatus status) {
		String code = status.name().toLowerCase(Locale.ROOT);
		return new StatusView(code, get("campaign." + code, humanise(code)), tone(status),
				get("campaign." + code + ".meaning", ""));
	}

	/** What a test led to. */
	public StatusView decision(ExperimentDecision decision) {
		String code = decision.name().toLowerCase(Locale.ROOT);
		return new StatusView(code, get("decision." + code, humanise(code)), switch (decision) {
			case SHIP -> "good";
			case ROLLBACK, REVIEW -> "wait";
			case KEEP_RUNNING -> "busy";
			case INCONCLUSIVE -> "held";
		}, "");
	}

	public String harm(GuardrailMetric harm) {
		String code = harm.name().toLowerCase(Locale.ROOT);
		return get("harm." + code, humanise(code));
	}

	public List<StatusView> statuses() {
		return Arrays.stream(SendStatus.values()).map(this::status).toList();
	}

	/**
	 * Says why a message stands where it stands.
	 * @param code short code from a send
	 * @return a sentence without a full stop, null when there is no code
	 */
	@Nullable public String reason(@Nullable String code) {
		if (code == null || code.isBlank()) {
			return null;
		}
		String exact = this.labels.getProperty("reason." + code);
		if (exact != null) {
			return exact;
		}
		int dot = code.indexOf('.');
		String family = (dot > 0) ? this.labels.getProperty("reason." + code.substring(0, dot)) : null;
		return (family != null) ? family + " (" + humanise(code.substring(dot + 1)) + ")" : humanise(code);
	}

	public String ledgerEntry(String kind) {
		return get("ledger." + kind, humanise(kind));
	}

	public String sectionTitle(String section) {
		return get("section." + section, humanise(section));
	}

	/** The name of a part of a template. */
	public String fieldName(String code) {
		return get("field." + code, humanise(code));
	}

	/**
	 * The place of a finding as a person would point at it: {@code paragraphs[1]} is the
	 * 2nd paragraph.
	 * @param code field, with a number from 0 in brackets if there are several of them
	 * @return its name
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

	/**
	 * Reads a code aloud: {@code sentLastDay} and {@code sent_last_day} become
	 * {@code Sent last day}.
	 * @param code any identifier
	 * @return its words
	 */
	public static String humanise(String code) {
		String spaced = code.replaceAll("([a-z0-9])([A-Z])", "$1 $2")
			.replaceAll("[_.-]+", " ")
			.strip()
			.toLowerCase(Locale.ROOT);
		return spaced.isEmpty() ? spaced : Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1);
	}

	private String get(String key, String otherwise) {
		return this.labels.getProperty(key, otherwise);
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
