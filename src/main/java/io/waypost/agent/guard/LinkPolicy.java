package io.waypost.agent.guard;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.waypost.content.BrandKit;
import org.jspecify.annotations.Nullable;

/** Decides whether a message may contain a link. */
public final class LinkPolicy {

	private static final Set<Integer> PORTS = Set.of(-1, 80, 443);

	private LinkPolicy() {
	}

	/**
	 * Whether a link is allowed.
	 * @param link the URL
	 * @param brand brand kit with the allowed hosts
	 * @return true when it is allowed
	 */
	public static boolean isAllowed(String link, BrandKit brand) {
		return refusal(link, hosts(brand)) == null;
	}

	/**
	 * Returns the allowed hosts: the link hosts of the brand kit and its site's host,
	 * each also with the prefix {@code www}, which leads to the same shop.
	 */
	static Set<String> hosts(BrandKit brand) {
		Set<String> hosts = brand.linkHosts()
			.stream()
			.map(LinkPolicy::ascii)
			.collect(Collectors.toCollection(TreeSet::new));
		hosts.add(ascii(String.valueOf(URI.create(brand.siteUrl()).getHost())));
		List.copyOf(hosts).stream().filter((host) -> !host.startsWith("www.")).map("www."::concat).forEach(hosts::add);
		return hosts;
	}

	/**
	 * Returns why a link is refused.
	 * @return a short code, null when the link is allowed
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

	/** Returns the ASCII form of a host name, empty when it is not valid. */
	private static String ascii(String host) {
		String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
		try {
			return IDN.toASCII(name.toLowerCase(Locale.ROOT));
		}
		catch (IllegalArgumentException ex) {
			return "";
		}
	}

}
