package io.waypost.delivery;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** Why somebody gets a message, in the words and language of its footer. */
final class FooterReasons {

	private static final String BUNDLE = "io.waypost.delivery.reasons";

	private FooterReasons() {
	}

	static String sentence(String journey, String locale, String sender) {
		ResourceBundle bundle = ResourceBundle.getBundle(BUNDLE, Locale.forLanguageTag(locale),
				ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
		String key = bundle.containsKey(journey) ? journey : "default";
		return new MessageFormat(bundle.getString(key), Locale.ROOT).format(new Object[] { sender });
	}

}
