package io.waypost.content.brand;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import io.waypost.access.InvalidRequestException.Violation;
import io.waypost.identity.TextRuns;

/**
 * Checks what every recipient sees of a brand kit: no links or addresses in its texts,
 * and logo and site only on hosts that messages may link to, which are names.
 */
final class BrandTextsCheck {

	private static final int MAX_LINE = 120;

	private static final int MAX_LINES = 10;

	/**
	 * A scheme, an address, a host: a full stop or a look-alike between letters. "St.
	 * Ann" and "J.R. Smith Ltd." are names, so single letters may stand around it.
	 */
	private static final Pattern LINK = Pattern
		.compile("(?iu)://|\\bwww\\b|[@\uff20\\\\]|[\\p{L}\\p{N}-]{2,}[.\u2024\u3002\uff0e\uff61\ua4f8]"
				+ "[\\p{L}][\\p{L}\\p{N}-]+|\\S+\\s?[(\\[]?\\s?\\b(?:dot|punkt)\\b\\s?[)\\]]?\\s?\\p{L}{2,}");

	private static final Pattern HIDDEN = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Co}<>{}\u115f\u1160\u3164\uffa0]");

	/** Digits and dots, or hexadecimal digits: an address and no name. */
	private static final Pattern IP_ADDRESS = Pattern
		.compile("(?i)\\[.*|[0-9.]+|(?:0x[0-9a-f]*|[0-9]+)(?:\\.(?:0x[0-9a-f]*|[0-9]+))*\\.?");

	private static final Pattern LOCAL = Pattern
		.compile("(?i)(?:.*\\.)?(?:localhost|local|internal|intranet|lan|home|corp|arpa|localdomain)\\.?");

	private final List<Violation> violations;

	BrandTextsCheck(List<Violation> violations) {
		this.violations = violations;
	}

	/** A brand may have the name of its own host. */
	void senderName(String name, String site, Set<String> linkHosts) {
		String lower = name.toLowerCase(Locale.ROOT);
		if (!linkHosts.contains(lower) && !("www." + lower).equals(host(site)) && !lower.equals(host(site))) {
			text("/senderName", name);
		}
	}

	void postalAddress(List<String> lines) {
		if (lines.size() > MAX_LINES) {
			this.violations.add(
					new Violation("/postalAddress", "has %d lines; use at most %d".formatted(lines.size(), MAX_LINES)));
		}
		for (int i = 0; i < lines.size(); i++) {
			text("/postalAddress/" + i, lines.get(i));
		}
	}

	private void text(String pointer, String value) {
		if (value.length() > MAX_LINE || !TextRuns.isReadable(value) || HIDDEN.matcher(value).find()) {
			this.violations.add(new Violation(pointer,
					"must be a text of up to %d visible characters without braces and angle brackets"
						.formatted(MAX_LINE)));
		}
		else if (LINK.matcher(value).find()) {
			this.violations.add(new Violation(pointer,
					"'%s' contains a link or an address; recipients see it in every message. Put links into templates"
						.formatted(value)));
		}
	}

	/** The site is where the brand lives, so its host is one of its link hosts. */
	void site(String site) {
		namedHost("/siteUrl", site);
	}

	void logo(String logo, String site, Set<String> linkHosts) {
		if (namedHost("/logoUrl", logo) && !linkHosts.contains(host(logo)) && !host(logo).equals(host(site))) {
			this.violations.add(new Violation("/logoUrl",
					"'%s' is on a host that is neither in linkHosts nor the host of siteUrl; every recipient's mail"
						.formatted(logo) + " program opens it. Add the host to linkHosts"));
		}
	}

	void linkHost(String pointer, String host) {
		if (IP_ADDRESS.matcher(host).matches() || LOCAL.matcher(host).matches() || host.indexOf('.') < 0) {
			this.violations.add(new Violation(pointer, notPublic(host)));
		}
	}

	private boolean namedHost(String pointer, String url) {
		String host = host(url);
		if (IP_ADDRESS.matcher(host).matches() || LOCAL.matcher(host).matches() || host.indexOf('.') < 0) {
			this.violations.add(new Violation(pointer, notPublic(host)));
			return false;
		}
		return true;
	}

	private static String notPublic(String host) {
		return "'%s' is an address or a local name; use a public host name such as shop.example".formatted(host);
	}

	private static String host(String url) {
		return String.valueOf(URI.create(url).getHost()).toLowerCase(Locale.ROOT);
	}

}
