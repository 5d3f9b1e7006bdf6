package io.waypost.content.layout;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;

import io.waypost.content.TemplateRepository;

/**
 * The fixed texts of the layouts in one language. Languages without a bundle use English.
 */
public final class LayoutMessages {

	private static final Map<String, LayoutMessages> BY_LANGUAGE = new ConcurrentHashMap<>();

	private final Locale locale;

	private final ResourceBundle bundle;

	private LayoutMessages(Locale locale) {
		this.locale = locale;
		this.bundle = ResourceBundle.getBundle("mail.messages", locale,
				ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
	}

	public static LayoutMessages of(Locale locale) {
		return BY_LANGUAGE.computeIfAbsent(locale.getLanguage(),
				(language) -> new LayoutMessages(Locale.forLanguageTag(language)));
	}

	String get(String key) {
		return this.bundle.getString(key);
	}

	String format(String key, Object... arguments) {
		return new MessageFormat(get(key), this.locale).format(arguments);
	}

	/**
	 * Returns the sentence of the footer that says why the recipient gets the message.
	 */
	public String reason(String journey, String sender) {
		String key = "footer.reason." + journey;
		return format(this.bundle.containsKey(key) ? key : "footer.reason.default", sender);
	}

	/** Returns the language of the bundle in use. */
	String language() {
		String language = this.bundle.getLocale().getLanguage();
		return language.isEmpty() ? TemplateRepository.DEFAULT_LANGUAGE : language;
	}

}
