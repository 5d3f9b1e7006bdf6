package io.waypost.content.brand;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.waypost.access.InvalidRequestException;
import io.waypost.access.InvalidRequestException.Violation;
import io.waypost.content.BrandKit;
import io.waypost.content.fact.AbsoluteUrl;
import io.waypost.content.fact.BrandFacts;
import io.waypost.kernel.EmailAddress;
import org.jspecify.annotations.Nullable;

/** Request body for a new version of the brand kit. */
record BrandBody(@Nullable String senderName, @Nullable String senderAddress, @Nullable List<String> postalAddress,
		@Nullable String siteUrl, @Nullable String logoUrl, @Nullable String accentColour,
		@Nullable List<String> linkHosts, @Nullable List<String> forbiddenWords, @Nullable BrandFacts facts) {

	private static final Pattern SENDER = Pattern.compile("[^\\p{Cntrl}<>\"]{1,80}");

	private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");

	private static final Pattern HOST = Pattern
		.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

	/**
	 * Validates the request.
	 * @return the brand kit with version 0
	 * @throws InvalidRequestException with every violation
	 */
	BrandKit toBrandKit() {
		List<Violation> violations = new ArrayList<>();
		String name = text("/senderName", this.senderName, "the sender name that recipients see, up to 80 characters",
				(value) -> SENDER.matcher(value).matches(), violations);
		String address = text("/senderAddress", this.senderAddress, "an e-mail address",
				(value) -> EmailAddress.parse(value).isPresent(), violations);
		String site = text("/siteUrl", this.siteUrl, "an absolute http(s) URL", AbsoluteUrl::isAbsolute, violations);
		String logo = text("/logoUrl", this.logoUrl, "an absolute http(s) URL", AbsoluteUrl::isAbsolute, violations);
		String colour = text("/accentColour", this.accentColour, "a colour such as #0b6e4f",
				(value) -> COLOUR.matcher(value).matches(), violations);
		List<String> postal = postalAddress(violations);
		Set<String> hosts = hosts(violations);
		BrandFacts declared = new BrandFactsCheck(violations).check(this.facts);
		if (violations.isEmpty()) {
			visible(violations, name, postal, site, logo, hosts);
		}
		if (!violations.isEmpty()) {
			throw InvalidRequestException.badRequest(violations);
		}
		return new BrandKit(0, name, address, postal, site, logo, colour, hosts, forbiddenWordSet(), declared);
	}

	/** Checks what every recipient sees. */
	private static void visible(List<Violation> violations, String name, List<String> postal, String site, String logo,
			Set<String> hosts) {
		BrandTextsCheck check = new BrandTextsCheck(violations);
		check.senderName(name, site, hosts);
		check.postalAddress(postal);
		check.site(site);
		check.logo(logo, site, hosts);
		hosts.stream().sorted().forEach((host) -> check.linkHost("/linkHosts", host));
	}

	private List<String> postalAddress(List<Violation> violations) {
		List<String> lines = orEmpty(this.postalAddress).stream()
			.map(String::strip)
			.filter((line) -> !line.isEmpty())
			.toList();
		if (lines.isEmpty()) {
			violations.add(new Violation("/postalAddress",
					"is missing; the law requires a physical address in every marketing e-mail, one string per line"));
		}
		return lines;
	}

	private Set<String> hosts(List<Violation> violations) {
		List<String> hosts = orEmpty(this.linkHosts);
		for (int i = 0; i < hosts.size(); i++) {
			if (!HOST.matcher(hosts.get(i).toLowerCase(Locale.ROOT)).matches()) {
				violations.add(new Violation("/linkHosts/" + i,
						"'%s' is not a host name such as shop.example".formatted(hosts.get(i))));
			}
		}
		return hosts.stream().map((host) -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
	}

	private Set<String> forbiddenWordSet() {
		return orEmpty(this.forbiddenWords).stream()
			.map((word) -> word.strip().toLowerCase(Locale.ROOT))
			.filter((word) -> !word.isEmpty())
			.collect(Collectors.toUnmodifiableSet());
	}

	private static String text(String pointer, @Nullable String value, String expected, Predicate<String> valid,
			List<Violation> violations) {
		if (value == null || value.isBlank()) {
			violations.add(new Violation(pointer, "is missing; it must be " + expected));
			return "";
		}
		if (!valid.test(value.strip())) {
			violations.add(new Violation(pointer, "'%s' is not %s".formatted(value, expected)));
		}
		return value.strip();
	}

	private static List<String> orEmpty(@Nullable List<String> values) {
		return (values != null) ? values : List.of();
	}

}
