package io.waypost.content.layout;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.waypost.content.fact.FirstName;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the placeholder of the first name in texts, or removes it so that the sentence
 * remains correct.
 */
public final class FirstNameTag {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*first_name\\s*}}");

	private static final Pattern LEADING = Pattern.compile("^\\s*" + PLACEHOLDER.pattern() + "\\s*[,:!–—-]\\s*(\\S)");

	private static final Pattern GREETING = Pattern.compile("(?i)\\b(hi|hello|hey|dear)\\s+" + PLACEHOLDER.pattern());

	private static final Pattern WITH_COMMA = Pattern
		.compile("\\s*,\\s*" + PLACEHOLDER.pattern() + "|\\s*" + PLACEHOLDER.pattern());

	private final @Nullable String name;

	private final String anonymousGreeting;

	/**
	 * Creates the replacement for a recipient.
	 * @param name the name as it was entered. A text that is not in the accepted form of
	 * {@link FirstName} is treated as unknown: sign-up forms are abused to send spam in
	 * the name field
	 * @param messages fixed texts in the language of the message
	 */
	public FirstNameTag(@Nullable String name, LayoutMessages messages) {
		this(messages, FirstName.of(name));
	}

	private FirstNameTag(LayoutMessages messages, @Nullable String name) {
		this.name = name;
		this.anonymousGreeting = messages.get("greeting.anonymous");
	}

	/** Replaces the name by another placeholder. */
	static FirstNameTag placeholder(String placeholder, LayoutMessages messages) {
		return new FirstNameTag(messages, placeholder);
	}

	/**
	 * A placeholder that is joined to other characters is removed, because the name would
	 * make a text with them that the inspection has not seen.
	 */
	String applyTo(String text) {
		if (!text.contains("{{")) {
			return text;
		}
		return (this.name != null && FirstName.standsAlone(text))
				? PLACEHOLDER.matcher(text).replaceAll(Matcher.quoteReplacement(this.name)) : without(text);
	}

	private String without(String text) {
		Matcher leading = LEADING.matcher(text);
		String capitalised = leading.find() ? leading.group(1).toUpperCase(Locale.ROOT) + text.substring(leading.end())
				: text;
		String greeted = GREETING.matcher(capitalised)
			.replaceAll("$1"
					+ Matcher.quoteReplacement(this.anonymousGreeting.isEmpty() ? "" : " " + this.anonymousGreeting));
		return WITH_COMMA.matcher(greeted).replaceAll("");
	}

}
