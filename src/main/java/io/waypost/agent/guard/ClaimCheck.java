package io.waypost.agent.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds urgency and promises without evidence. Claims of the approved template itself are
 * allowed.
 */
final class ClaimCheck implements ContentCheck {

	/** In lower case, because it is matched against folded texts. */
	static final Pattern URGENCY = Pattern.compile(
			"\\b(?:last chance|final (?:hours|call|notice)|today only|only today|ends (?:today|tonight|soon|at midnight)|hurry|act (?:now|fast)|don['’]t miss (?:out|this)|limited time|while (?:stocks|supplies) last|almost (?:gone|sold out)|only \\d+ left|selling (?:out )?fast|expires? (?:today|tonight|soon)"
					+ "|letzte chance|nur (?:noch )?heute|nur noch (?:\\d+|wenige)|endet (?:heute|bald)|beeil(?:e|en)? (?:dich|sie)|jetzt zugreifen|solange der vorrat reicht|fast ausverkauft|läuft (?:heute|bald) ab|nicht verpassen"
					+ "|dernière chance|derniers jours|aujourd['’]hui seulement|seulement aujourd['’]hui|plus que \\d+|se termine (?:ce soir|aujourd['’]hui|bientôt)|dépêchez-vous|vite|offre limitée|dans la limite des stocks|bientôt épuisé|expire (?:ce soir|bientôt))(?![\\p{L}])");

	static final Pattern PROMISE = Pattern.compile(
			"\\b(?:money[- ]back|(?:satisfaction|lifetime|100 ?%) guarantee|guaranteed?|lifetime warranty|risk[- ]free|free (?:shipping|delivery|returns|gift)|no questions asked|best price|lowest price"
					+ "|geld[- ]zurück|garantiert|zufriedenheitsgarantie|lebenslange garantie|(?:kostenloser?|gratis) ?versand|versandkostenfrei|bestpreis|ohne risiko|geschenkt"
					+ "|satisfait ou remboursé|garantie? à vie|garanti(?:e|s|es)?|livraison (?:gratuite|offerte)|retours? gratuits?|sans risque|meilleur prix|cadeau offert)(?![\\p{L}])");

	@Override
	public List<Finding> inspect(InspectionRequest request) {
		List<Finding> findings = new ArrayList<>();
		List<String> names = request.allowedNames();
		String authored = CaseFolding.of(request.authored());
		for (DraftText part : DraftText.of(request.draft())) {
			DraftText own = part.without(names);
			String text = CaseFolding.of(own.text());
			if (!request.declared().endSoon(request.today())) {
				add(findings, own, URGENCY.matcher(text), authored, "urgency_unfounded",
						"creates urgency without evidence");
			}
			add(findings, own, PROMISE.matcher(text), authored, "promise_unfounded",
					"makes a promise without evidence");
		}
		return findings;
	}

	private static void add(List<Finding> findings, DraftText part, Matcher folded, String authored, String code,
			String detail) {
		while (folded.find()) {
			if (!authored.contains(folded.group())) {
				String claim = part.text().substring(folded.start(), folded.end());
				findings.add(new Finding("fact", code, Severity.WARNING, part.where(), detail + ": '" + claim + "'"));
			}
		}
	}

}
