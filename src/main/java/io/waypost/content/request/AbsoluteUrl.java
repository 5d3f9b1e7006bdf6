package io.waypost.content.request;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** What counts as an address a message may carry. */
public final class AbsoluteUrl {

	private AbsoluteUrl() {
	}

	/** Whether the text is an absolute http or https URL with a host and no user part. */
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
