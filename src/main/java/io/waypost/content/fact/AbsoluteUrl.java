package io.waypost.content.fact;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Validates URLs that a message may contain. */
public final class AbsoluteUrl {

	/** Decimal, octal or hexadecimal numbers with dots, or an address in brackets. */
	private static final Pattern ADDRESS = Pattern
		.compile("(?i)\\[.*|(?:0x[0-9a-f]*|[0-9]+)(?:\\.(?:0x[0-9a-f]*|[0-9]+))*\\.?");

	private AbsoluteUrl() {
	}

	/**
	 * Whether a text is an absolute URL whose host is a name and no IP address.
	 * @param text the text
	 * @return false for addresses in any notation, too
	 */
	public static boolean hasNamedHost(@Nullable String text) {
		return text != null && isAbsolute(text) && !ADDRESS.matcher(URI.create(text).getHost()).matches();
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
