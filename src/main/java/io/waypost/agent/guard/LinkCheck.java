package io.waypost.agent.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.waypost.content.EmailDraft;
import io.waypost.content.Product;

/**
 * Finds links to hosts that the brand kit does not allow, and buttons that lead to an
 * unknown page. Host names without a scheme count as links.
 */
final class LinkCheck implements ContentCheck {

	static final Pattern URL = Pattern.compile(
			"(?i)\\b[a-z][a-z0-9+.-]*:/{1,2}[^\\s<>\"']+|\\b(?:javascript|data|vbscript|file|mailto)\\s?:\\S+|//[\\p{L}\\p{N}-]+\\.[^\\s<>\"']+");

	static final Pattern BARE_HOST = Pattern.compile(
			"(?i)(?<![@\\p{L}\\p{N}./-])(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?\\.)+(?:com|net|org|io|co|shop|store|info|biz|me|app|dev|online|site|top|xyz|click|link|ly|gl|uk|de|fr|at|ch|eu|ru|cn|example|test)(?![\\p{L}\\p{N}@-])(?:/[^\\s<>\"']*)?");

	@Override
	public List<Finding> inspect(InspectionRequest request) {
		List<Finding> findings = new ArrayList<>();
		Set<String> hosts = LinkPolicy.hosts(request.brand());
		for (DraftText part : DraftText.of(request.draft())) {
			String text = part.without(request.allowedNames()).text();
			if (text.indexOf(':') >= 0 || text.indexOf('/') >= 0) {
				find(findings, part.where(), URL.matcher(text), hosts, "");
				text = URL.matcher(text).replaceAll(" ");
			}
			if (TextFeatures.hasInnerDot(text)) {
				find(findings, part.where(), BARE_HOST.matcher(text), hosts, "https://");
			}
		}
		button(findings, request, hosts);
		for (EmailDraft.DraftItem item : request.draft().items()) {
			add(findings, "items.url", item.url(), hosts);
		}
		return findings;
	}

	private static void button(List<Finding> findings, InspectionRequest request, Set<String> hosts) {
		String target = request.draft().callToAction().url();
		int before = findings.size();
		add(findings, "callToAction.url", target, hosts);
		if (findings.size() == before && !known(request).contains(target)) {
			findings.add(new Finding("link", "link_unknown", Severity.SEVERE, "callToAction.url",
					"does not lead to a known page"));
		}
	}

	private static Set<String> known(InspectionRequest request) {
		Set<String> known = new TreeSet<>();
		known.add(request.brand().siteUrl());
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

	private static void find(List<Finding> findings, String where, Matcher matcher, Set<String> hosts, String before) {
		while (matcher.find()) {
			add(findings, where, before + matcher.group().replaceAll("[.,;:!?)]+$", ""), hosts);
		}
	}

	private static void add(List<Finding> findings, String where, String link, Set<String> hosts) {
		String refusal = LinkPolicy.refusal(link, hosts);
		if (refusal != null) {
			findings.add(new Finding("link", refusal, Severity.BLOCKING, where,
					"leads to a host that is not among the link hosts of the brand kit"));
		}
	}

}
