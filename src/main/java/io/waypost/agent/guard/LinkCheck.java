package io.waypost.agent.guard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.waypost.agent.phrase.HostNames;
import io.waypost.content.EmailDraft;
import io.waypost.content.Product;
import io.waypost.content.fact.BrandFacts;
import org.jspecify.annotations.Nullable;

/**
 * Finds links to hosts that the brand kit does not allow, and buttons that lead to an
 * unknown page. Host names without a scheme count as links.
 */
final class LinkCheck implements ContentCheck {

	static final Pattern URL = Pattern.compile(
			"(?i)\\b[a-z][a-z0-9+.-]*:/{1,2}[^\\s<>\"']+|\\b(?:javascript|data|vbscript|file|mailto)\\s?:\\S+|//[\\p{L}\\p{N}-]+\\.[^\\s<>\"']+");

	private static final Pattern SCHEME = Pattern.compile("(?i)^(?:https?:)?//");

	private static final Pattern TRAILING = Pattern.compile("[.,;:!?)\\]'’\"»“”]+$");

	@Override
	public List<Finding> inspect(InspectionRequest request) {
		List<Finding> findings = new ArrayList<>();
		Set<String> hosts = LinkPolicy.hosts(request.brand());
		Set<String> pages = null;
		List<String> names = request.allowedNames();
		for (DraftText part : DraftText.of(request.draft())) {
			List<String> links = links(HostNames.normalized(part.without(names).text()));
			if (!links.isEmpty()) {
				pages = (pages != null) ? pages : pages(request);
				for (String link : links) {
					add(findings, part.where(), link, hosts, pages);
				}
			}
		}
		buttons(findings, request, hosts);
		for (EmailDraft.DraftItem item : request.draft().items()) {
			add(findings, "items.url", item.url(), hosts, null);
			names(findings, item, hosts);
		}
		return findings;
	}

	/**
	 * Texts of the catalogue are facts, but whoever writes them must not put a foreign
	 * host into messages. A review decides, so that a name such as "Tea.com" stops no
	 * messages without a person.
	 */
	private static void names(List<Finding> findings, EmailDraft.DraftItem item, Set<String> hosts) {
		String text = HostNames.normalized(item.name() + '\n' + Objects.requireNonNullElse(item.description(), ""));
		if (links(text).stream().anyMatch((link) -> LinkPolicy.refusal(link, hosts) != null)) {
			findings.add(new Finding("link", "link_in_product", Severity.SEVERE, "items.name",
					"the name or description of product '%s' contains a host that is not among the link hosts"
						.formatted(item.productId())));
		}
	}

	private static void buttons(List<Finding> findings, InspectionRequest request, Set<String> hosts) {
		target(findings, request, "callToAction.url", request.draft().callToAction().url(), hosts);
		request.draft().links().forEach((link) -> target(findings, request, "links.url", link.url(), hosts));
	}

	private static void target(List<Finding> findings, InspectionRequest request, String where, String target,
			Set<String> hosts) {
		int before = findings.size();
		add(findings, where, target, hosts, null);
		if (findings.size() == before && !known(request).contains(target)) {
			findings.add(new Finding("link", "link_unknown", Severity.SEVERE, where, "does not lead to a known page"));
		}
	}

	private static Set<String> known(InspectionRequest request) {
		Set<String> known = new TreeSet<>();
		known.add(request.brand().siteUrl());
		request.brand()
			.facts()
			.promises()
			.stream()
			.map(BrandFacts.BrandPromise::proof)
			.filter(Objects::nonNull)
			.forEach(known::add);
		request.facts().values().stream().map(Product::url).forEach(known::add);
		request.properties()
			.values()
			.stream()
			.filter(String.class::isInstance)
			.map(String.class::cast)
			.forEach(known::add);
		request.declared()
			.offers()
			.stream()
			.map(DeclaredFacts.DeclaredOffer::url)
			.filter(Objects::nonNull)
			.forEach(known::add);
		return known;
	}

	/** Finds links with a scheme and host names without one. */
	private static List<String> links(String text) {
		List<String> links = new ArrayList<>();
		String left = text;
		if (text.indexOf(':') >= 0 || text.indexOf('/') >= 0) {
			Matcher url = URL.matcher(text);
			while (url.find()) {
				links.add(TRAILING.matcher(url.group()).replaceAll(""));
			}
			left = links.isEmpty() ? text : url.replaceAll(" ");
		}
		for (String host : HostNames.in(left)) {
			links.add("https://" + TRAILING.matcher(host).replaceAll(""));
		}
		return links;
	}

	/** Pages that a text may name: those of the facts and of the approved template. */
	private static Set<String> pages(InspectionRequest request) {
		Set<String> pages = new HashSet<>();
		known(request).forEach((page) -> pages.add(page(page)));
		links(request.authored()).forEach((page) -> pages.add(page(page)));
		return pages;
	}

	/** Host and path of a link, in small letters and without a slash at the end. */
	private static String page(String link) {
		String page = SCHEME.matcher(link).replaceFirst("");
		int end = page.indexOf('#');
		page = ((end >= 0) ? page.substring(0, end) : page).toLowerCase(Locale.ROOT);
		page = page.startsWith("www.") ? page.substring(4) : page;
		return page.endsWith("/") ? page.substring(0, page.length() - 1) : page;
	}

	private static void add(List<Finding> findings, String where, String link, Set<String> hosts,
			@Nullable Set<String> pages) {
		String refusal = LinkPolicy.refusal(link, hosts);
		if (refusal != null) {
			findings.add(new Finding("link", refusal, Severity.BLOCKING, where,
					"leads to a host that is not among the link hosts of the brand kit"));
		}
		else if (pages != null && page(link).indexOf('/') >= 0 && !pages.contains(page(link))) {
			findings.add(new Finding("link", "link_unknown", Severity.SEVERE, where,
					"names a page that is not a known fact"));
		}
	}

}
