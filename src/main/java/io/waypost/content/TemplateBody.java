package io.waypost.content;

import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.waypost.access.InvalidRequestException;
import io.waypost.access.InvalidRequestException.Violation;
import io.waypost.content.fact.FirstName;
import io.waypost.content.liquid.LiquidEngine;
import io.waypost.identity.TextRuns;
import org.jspecify.annotations.Nullable;

/**
 * Request body for a new version of a template.
 *
 * @param key key of the template
 * @param topic subscription topic, {@code marketing} when null
 * @param locale BCP 47 language, English when null
 * @param subject Liquid; this and the following are null when the executor writes them
 * @param preheader Liquid
 * @param headline Liquid
 * @param body Liquid, paragraphs separated by blank lines
 * @param callToAction Liquid
 */
public record TemplateBody(@Nullable String key, @Nullable String topic, @Nullable String locale,
		@Nullable String subject, @Nullable String preheader, @Nullable String headline, @Nullable String body,
		@Nullable String callToAction) {

	private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?");

	private static final Pattern LINE_BREAK = Pattern.compile("\\R");

	/**
	 * Validates the request.
	 * @param liquid checks the texts
	 * @return the template with version 0
	 * @throws InvalidRequestException with every violation
	 */
	Template toTemplate(LiquidEngine liquid) {
		List<Violation> violations = new ArrayList<>();
		String name = name("/key", this.key, null, violations);
		String consent = name("/topic", this.topic, "marketing", violations);
		String tag = locale(violations);
		texts().forEach((pointer, text) -> liquid.problems(text)
			.forEach((problem) -> violations.add(new Violation(pointer, problem))));
		texts().forEach((pointer, text) -> {
			if (!pointer.equals("/body") && LINE_BREAK.matcher(text).find()) {
				violations.add(new Violation(pointer, "has a line break; it must be one line"));
			}
		});
		texts().forEach((pointer, text) -> {
			if (!TextRuns.isReadable(text)) {
				violations.add(new Violation(pointer,
						"has a run of more than 500 characters without spaces or 300 without letters; shorten it"));
			}
			if (!FirstName.standsAloneInSource(text)) {
				violations.add(new Violation(pointer,
						"joins {{ first_name }} to other characters; put a space before and behind the tag,"
								+ " as in 'Hello {{ first_name }}, welcome', and do not use {{- or -}}"));
			}
		});
		if (!violations.isEmpty()) {
			throw InvalidRequestException.badRequest(violations);
		}
		return new Template(name, 0, consent, tag, this.subject, this.preheader, this.headline, this.body,
				this.callToAction, false);
	}

	private Map<String, String> texts() {
		Map<String, String> texts = new TreeMap<>();
		put(texts, "/subject", this.subject);
		put(texts, "/preheader", this.preheader);
		put(texts, "/headline", this.headline);
		put(texts, "/body", this.body);
		put(texts, "/callToAction", this.callToAction);
		return texts;
	}

	private String locale(List<Violation> violations) {
		if (this.locale == null) {
			return TemplateRepository.DEFAULT_LANGUAGE;
		}
		try {
			String tag = new Locale.Builder().setLanguageTag(this.locale).build().toLanguageTag();
			if (!tag.equals("und")) {
				return tag;
			}
		}
		catch (IllformedLocaleException ex) {
			// Reported below, together with the empty tag.
		}
		violations.add(new Violation("/locale",
				"'%s' is not a BCP 47 language tag such as en or de-AT".formatted(this.locale)));
		return "";
	}

	private static String name(String pointer, @Nullable String value, @Nullable String fallback,
			List<Violation> violations) {
		String name = (value != null) ? value : fallback;
		if (name == null || !NAME.matcher(name).matches()) {
			violations.add(new Violation(pointer, ((name == null) ? "is missing" : "'" + name + "' is not valid")
					+ "; it must be 1 to 64 lower-case letters, digits, dots, hyphens or underscores"));
			return "";
		}
		return name;
	}

	private static void put(Map<String, String> texts, String pointer, @Nullable String text) {
		if (text != null) {
			texts.put(pointer, text);
		}
	}

}
