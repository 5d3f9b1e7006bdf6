package io.waypost.agent.guard;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.waypost.content.BrandKit;
import org.jspecify.annotations.Nullable;

/** Says why a link may not be used. */
public final class LinkPolicy {

	private static final Set<Integer> PORTS = Set.of(-1, 80, 443);

	private LinkPolicy() {
	}

	/**
	 * Whether a message may lead there.
	 * @param link an address
	 * @param brand whose hosts
	 * @return true when nothing speaks against it
	 */
	public static boolean isAllowed(String link, BrandKit brand) {
		return refusal(link, hosts(brand)) == null;
	}

	/** Hosts a message may link to: those of the brand's list and of its own page. */
	static Set<String> hosts(BrandKit brand) {
		Set<String> hosts = brand.linkHosts()
			.stream()
			.map(LinkPolicy::ascii)
			.collect(Collectors.toCollection(TreeSet::new));
		hosts.add(ascii(String.valueOf(URI.create(brand.siteUrl()).getHost())));
		return hosts;
	}

	/**
	 * Why a link is refused.
	 * @return a short code, or null when it is fine
	 */
	static @Nullable String refusal(String link, Set<String> hosts) {
		if (link.chars().anyMatch((character) -> character <= ' ' || character == '\\' || character > '~')) {
			return "link_malformed";
		}
		try {
			URI uri = new URI(link);
			String scheme = (uri.getScheme() != null) ? uri.getScheme().toLowerCase(Locale.ROOT) : "";
			if (!scheme.equals("https") && !scheme.equals("http")) {
				return "link_scheme";
			}
			if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawAuthority().contains("@")) {
				return "link_malformed";
			}
			if (!PORTS.contains(uri.getPort())) {
				return "link_port";
			}
			return hosts.contains(ascii(uri.getHost())) ? null : "link_host";
		}
		catch (URISyntaxException malformed) {
			return "link_malformed";
		}
	}

	/** One form for every spelling of a host; what is no host name fits none. */
	private static String ascii(String host) {
		String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
		try {
			return IDN.toASCII(bare.toLowerCase(Locale.ROOT));
		}
		catch (IllegalArgumentException noHost) {
			return "";
		}
	}

}
