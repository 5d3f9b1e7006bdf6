package io.waypost.content.fact;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** Validates URLs that a message may contain. */
public final class AbsoluteUrl {

	private AbsoluteUrl() {
	}

	/**
	 * Whether a text is an absolute http or https URL of up to 2,000 characters with a
	 * host and without user information.
	 */
	public static boolean isAbsolute(@Nullable String text) {
		if (text == null || text.length() > 2000) {
			return false;
		}
		try {
			URI uri = new URI(text);
			String scheme = (uri.getScheme() != null) ? uri.getScheme().toLowerCase(Locale.ROOT) : "";
			return (scheme.equals("https") || scheme.equals("http")) && uri.getHost() != null
					&& uri.getUserInfo() == null;
		}
		catch (URISyntaxException malformed) {
			return false;
		}
	}

}
