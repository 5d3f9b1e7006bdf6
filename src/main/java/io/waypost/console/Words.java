package io.waypost.console;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

import io.waypost.delivery.SendStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.EncodedResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.stereotype.Component;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Turns codes into the glossary's words. */
@Component
class Words {

	private final Properties words;

	Words() throws IOException {
		this.words = PropertiesLoaderUtils
			.loadProperties(new EncodedResource(new ClassPathResource("console/words.properties"), UTF_8));
	}

	StatusView status(SendStatus status) {
		String code = status.name().toLowerCase(Locale.ROOT);
		return new StatusView(code, get("status." + code, readable(code)), tone(status),
				get("status." + code + ".meaning", ""));
	}

	List<StatusView> statuses() {
		return Arrays.stream(SendStatus.values()).map(this::status).toList();
	}

	/**
	 * Says why a message stands where it stands.
	 * @param code short code from a send
	 * @return a sentence without a full stop, null when there is no code
	 */
	@Nullable String reason(@Nullable String code) {
		if (code == null || code.isBlank()) {
			return null;
		}
		String exact = this.words.getProperty("reason." + code);
		if (exact != null) {
			return exact;
		}
		int dot = code.indexOf('.');
		String family = (dot > 0) ? this.words.getProperty("reason." + code.substring(0, dot)) : null;
		return (family != null) ? family + " (" + readable(code.substring(dot + 1)) + ")" : readable(code);
	}

	String entry(String kind) {
		return get("ledger." + kind, readable(kind));
	}

	String heading(String section) {
		return get("section." + section, readable(section));
	}

	/** The name of a part of a template. */
	String field(String code) {
		return get("field." + code, readable(code));
	}

	String severity(String code) {
		return get("severity." + code, readable(code));
	}

	/**
	 * Reads a code aloud: {@code sentLastDay} and {@code sent_last_day} become
	 * {@code Sent last day}.
	 * @param code any identifier
	 * @return its words
	 */
	static String readable(String code) {
		String spaced = code.replaceAll("([a-z0-9])([A-Z])", "$1 $2")
			.replaceAll("[_.-]+", " ")
			.strip()
			.toLowerCase(Locale.ROOT);
		return spaced.isEmpty() ? spaced : Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1);
	}

	private String get(String key, String otherwise) {
		return this.words.getProperty(key, otherwise);
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
