package io.waypost.content.layout;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Puts the recipient's first name into texts, or takes its place holder out so that the
 * sentence still reads well.
 */
public final class FirstNameTag {

	private static final Pattern SLOT = Pattern.compile("\\{\\{\\s*first_name\\s*}}");

	private static final Pattern LEADING = Pattern.compile("^\\s*" + SLOT.pattern() + "\\s*[,:!–—-]\\s*(\\S)");

	private static final Pattern GREETING = Pattern.compile("(?i)\\b(hi|hello|hey|dear)\\s+" + SLOT.pattern());

	private static final Pattern WITH_COMMA = Pattern.compile("\\s*,\\s*" + SLOT.pattern() + "|\\s*" + SLOT.pattern());

	/** Letters with inner spaces, hyphens, apostrophes, dots: no addresses, no markup. */
	private static final Pattern NAME = Pattern.compile("\\p{L}[\\p{L}\\p{M} '’.-]{0,39}");

	private final @Nullable String name;

	private final String anonymousGreeting;

	/**
	 * Takes a name as a form once took it.
	 * @param name what was entered; what does not look like a name counts as unknown, for
	 * names are a way to make somebody else's mail server carry a spammer's words
	 * @param texts language of the message
	 */
	public FirstNameTag(@Nullable String name, LayoutMessages texts) {
		this(texts, clean(name));
	}

	private FirstNameTag(LayoutMessages texts, @Nullable String name) {
		this.name = name;
		this.anonymousGreeting = texts.get("greeting.nobody");
	}

	/** Puts a mark where the name goes. */
	static FirstNameTag placeholder(String mark, LayoutMessages texts) {
		return new FirstNameTag(texts, mark);
	}

	/** The name as it may be shown, null when it does not look like one. */
	static @Nullable String clean(@Nullable String name) {
		String trimmed = (name != null) ? name.strip() : "";
		return NAME.matcher(trimmed).matches() ? trimmed : null;
	}

	String applyTo(String text) {
		if (!text.contains("{{")) {
			return text;
		}
		return (this.name != null) ? SLOT.matcher(text).replaceAll(Matcher.quoteReplacement(this.name)) : without(text);
	}

	private String without(String text) {
		Matcher leading = LEADING.matcher(text);
		String begun = leading.find() ? leading.group(1).toUpperCase(Locale.ROOT) + text.substring(leading.end())
				: text;
		String greeted = GREETING.matcher(begun)
			.replaceAll("$1"
					+ Matcher.quoteReplacement(this.anonymousGreeting.isEmpty() ? "" : " " + this.anonymousGreeting));
		return WITH_COMMA.matcher(greeted).replaceAll("");
	}

}
