package io.waypost.agent.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.waypost.content.EmailDraft;
import io.waypost.content.Product;

/**
 * Finds links to places the brand does not link to, and buttons that lead to no known
 * page. A link may hide in words without a scheme before it.
 */
final class LinkCheck implements ContentCheck {

	static final Pattern ADDRESS = Pattern.compile(
			"(?i)\\b[a-z][a-z0-9+.-]*:/{1,2}[^\\s<>\"']+|\\b(?:javascript|data|vbscript|file|mailto)\\s?:\\S+|//[\\p{L}\\p{N}-]+\\.[^\\s<>\"']+");

	static final Pattern BARE_HOST = Pattern.compile(
			"(?i)(?<![@\\p{L}\\p{N}./-])(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?\\.)+(?:com|net|org|io|co|shop|store|info|biz|me|app|dev|online|site|top|xyz|click|link|ly|gl|uk|de|fr|at|ch|eu|ru|cn|example|test)(?![\\p{L}\\p{N}@-])(?:/[^\\s<>\"']*)?");

	@Override
	public List<Finding> inspect(InspectionRequest inspection) {
		List<Finding> findings = new ArrayList<>();
		Set<String> hosts = LinkPolicy.hosts(inspection.brand());
		for (DraftText passage : DraftText.of(inspection.draft())) {
			String text = passage.without(inspection.allowedNames()).text();
			if (text.indexOf(':') >= 0 || text.indexOf('/') >= 0) {
				find(findings, passage.where(), ADDRESS.matcher(text), hosts, "");
				text = ADDRESS.matcher(text).replaceAll(" ");
			}
			if (TextFeatures.hasInnerDot(text)) {
				find(findings, passage.where(), BARE_HOST.matcher(text), hosts, "https://");
			}
		}
		button(findings, inspection, hosts);
		for (EmailDraft.DraftItem item : inspection.draft().items()) {
			add(findings, "items.url", item.url(), hosts);
		}
		return findings;
	}

	private static void button(List<Finding> findings, InspectionRequest inspection, Set<String> hosts) {
		String target = inspection.draft().callToAction().url();
		int before = findings.size();
		add(findings, "callToAction.url", target, hosts);
		if (findings.size() == before && !known(inspection).contains(target)) {
			findings.add(new Finding("link", "link_unknown", Severity.SEVERE, "callToAction.url",
					"leads to no page that is a known fact"));
		}
	}

	private static Set<String> known(InspectionRequest inspection) {
		Set<String> known = new TreeSet<>();
		known.add(inspection.brand().siteUrl());
		inspection.facts().values().stream().map(Product::url).forEach(known::add);
		inspection.properties()
			.values()
			.stream()
			.filter(String.class::isInstance)
			.map(String.class::cast)
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
					"leads to a place that is not among the brand's link hosts"));
		}
	}

}
