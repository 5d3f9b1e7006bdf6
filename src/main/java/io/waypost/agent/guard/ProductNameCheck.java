package io.waypost.agent.guard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.waypost.agent.phrase.DateMentions;
import io.waypost.agent.phrase.TextTokens;
import io.waypost.content.Product;
import org.jspecify.annotations.Nullable;

/**
 * Finds products that are not in the content plan: names of the catalogue, quoted texts,
 * and capitalised names after an article: "the Bramble garden fork", "der Hocker Balder",
 * "la lampe Margot".
 */
final class ProductNameCheck implements ContentCheck {

	private static final Pattern QUOTED = Pattern.compile("[\"“„«‹»]\\s?([^\"“”„«»‹›\\n]{3,80}?)\\s?[\"”“»›«]");

	private static final String NAME = "\\p{Lu}[\\p{L}\\p{N}’'-]*";

	private static final String NAMES = "(" + NAME + "(?: (?:& |of |de |du |des )?(?:" + NAME
			+ "|\\p{N}{1,4}\\b)){0,12})";

	/** An article or a possessive, and a name that does not begin a sentence. */
	private static final Pattern ENGLISH = Pattern.compile(
			"\\b(?:[Tt]he|[Oo]ur|[Aa]n?|[Tt]his|[Tt]hat|[Yy]our|[Aa]nother)(?: (?:new|newest|latest|little|popular|lovely|small|big|classic|original|limited|matching|whole|famous|brand-new|old))? "
					+ NAMES + "(?! (?:department|section|category|aisle)\\b)");

	/** An article, a noun in small letters, and a name. */
	private static final Pattern FRENCH = Pattern.compile(
			"\\b(?:[Ll]es?|[Ll]a|[Uu]ne?|[Nn]otre|[Vv]otre|[Tt]on|[Tt]a|[Nn]os|[Vv]os|[Dd]es|[Dd]u|[Aa]u|[Cc]ette?|[Cc]e|[Ll]['’]|[Dd]['’]) ?(?!rayon |catégorie |univers |équipe )(?:\\p{Ll}[\\p{L}-]+ ){0,2}"
					+ NAMES);

	/** An article, a noun and a name behind it. */
	private static final Pattern GERMAN = Pattern.compile(
			"\\b(?:[Dd]er|[Dd]ie|[Dd]as|[Dd]em|[Dd]en|[Dd]es|[Ee]in(?:e[mnrs]?)?|[Uu]nser(?:e[mnrs]?)?|[Dd]ein(?:e[mnrs]?)?|[Ii]hre?[mnrs]?|zum|zur|beim|vom|im)(?: (?:neue[mnrs]?|kleine[mnrs]?|große[mnrs]?|beliebte[mnrs]?))? (?!Bereich |Kategorie |Abteilung |Team )"
					+ "(" + NAME + " (?:" + NAME + ")(?: (?:" + NAME + "|\\p{N}{1,4}\\b)){0,12})");

	/** A name of several words behind a colon or a comma: ": Inkwell Blue 12". */
	private static final Pattern LISTED = Pattern.compile("[:,] (" + NAME + " " + NAME + " (?:" + NAME
			+ "|\\p{N}{1,4}\\b)(?: (?:" + NAME + "|\\p{N}{1,4}\\b)){0,12})");

	/** First words of the patterns, without accents. */
	private static final Set<String> ARTICLES = Set.of("the", "our", "a", "an", "this", "that", "your", "another", "le",
			"les", "la", "un", "une", "notre", "votre", "ton", "ta", "nos", "vos", "des", "du", "au", "cet", "cette",
			"ce", "l", "d", "der", "die", "das", "dem", "den", "ein", "eine", "einem", "einen", "einer", "eines",
			"unser", "unsere", "unserem", "unseren", "unserer", "unseres", "dein", "deine", "deinem", "deinen",
			"deiner", "ihr", "ihre", "ihrem", "ihren", "ihrer", "zum", "zur", "beim", "vom", "im");

	/** Capitalised words that are no names of products. */
	private static final Set<String> ORDINARY = Set.of("i", "sie", "ihr", "ihre", "ihren", "ihrem", "ihrer", "ihnen",
			"du", "christmas", "easter", "halloween", "thanksgiving", "ramadan", "hanukkah", "valentine", "black",
			"cyber", "weihnachten", "ostern", "noel", "paques", "english", "german", "french", "italian", "spanish",
			"british", "american", "european", "scandinavian", "nordic", "danish", "swedish", "norwegian", "dutch",
			"swiss", "japanese", "indian", "chinese", "portuguese", "scottish", "irish", "welsh", "africa", "europe",
			"europa", "internet", "earth", "north", "south", "east", "west", "euro", "code", "mr", "mrs", "ms", "dr",
			"herr", "frau", "mme", "no", "nr", "n", "faq", "diy", "ok", "tv", "led", "usb", "eur", "usd", "gbp", "chf",
			"uhr", "dear", "hello", "hi", "team", "the", "and", "your");

	@Override
	public List<Finding> inspect(InspectionRequest request) {
		List<Finding> findings = new ArrayList<>();
		List<String> names = request.allowedNames();
		KnownNames known = new KnownNames(request);
		for (DraftText part : DraftText.of(request.draft())) {
			DraftText own = part.without(names);
			for (String other : request.catalogue().in(own.text())) {
				if (!request.authored().contains(other)) {
					findings.add(new Finding("fact", "product_unknown", Severity.SEVERE, own.where(),
							"names '%s', which is not in the content plan".formatted(other)));
				}
			}
			if (hasQuote(own.text())) {
				unknown(findings, own, QUOTED, known);
			}
			unknown(findings, own, LISTED, known);
			afterArticle(findings, own, pattern(request), known);
			byForm(findings, own, request.locale().getLanguage(), known);
		}
		return findings;
	}

	private static Pattern pattern(InspectionRequest request) {
		return switch (request.locale().getLanguage()) {
			case "de" -> GERMAN;
			case "fr" -> FRENCH;
			default -> ENGLISH;
		};
	}

	private static boolean hasQuote(String text) {
		for (int i = 0; i < text.length(); i++) {
			switch (text.charAt(i)) {
				case '"', '\u201c', '\u201e', '\u00ab', '\u2039', '\u00bb' -> {
					return true;
				}
				default -> {
				}
			}
		}
		return false;
	}

	/** Tries the pattern only at articles. */
	private static void afterArticle(List<Finding> findings, DraftText part, Pattern pattern, KnownNames known) {
		TextTokens tokens = TextTokens.of(part.text());
		Matcher matcher = pattern.matcher(part.text());
		for (int i = 0; i < tokens.size(); i++) {
			if (ARTICLES.contains(tokens.word(i)) && matcher.region(tokens.start(i), part.text().length()).lookingAt()
					&& isUnknown(matcher.group(1), pattern == GERMAN, known)
					&& !DateMentions.hasCalendarName(matcher.group(1))) {
				findings.add(finding(part));
			}
		}
	}

	private static void byForm(List<Finding> findings, DraftText part, String language, KnownNames known) {
		for (String name : InventedNames.in(part.text(), language)) {
			if (!known.containsAll(name) && !DateMentions.hasCalendarName(name) && !findings.contains(finding(part))) {
				findings.add(finding(part));
			}
		}
	}

	private static Finding finding(DraftText part) {
		return new Finding("fact", "name_unknown", Severity.WARNING, part.where(),
				"contains a possible product name that is not a known fact");
	}

	private static void unknown(List<Finding> findings, DraftText part, Pattern pattern, KnownNames known) {
		Matcher matcher = pattern.matcher(part.text());
		while (matcher.find()) {
			String name = matcher.group(1).strip();
			if (isUnknown(name, false, known) && !DateMentions.hasCalendarName(name)) {
				findings.add(finding(part));
			}
		}
	}

	/**
	 * Whether a capitalised word is not known. In German every noun is capitalised, so
	 * the first word does not count.
	 */
	private static boolean isUnknown(String name, boolean german, KnownNames known) {
		TextTokens tokens = TextTokens.of(name);
		for (int i = 0; i < tokens.size(); i++) {
			String word = tokens.word(i);
			char first = name.charAt(tokens.start(i));
			boolean counts = Character.isUpperCase(first) && word.length() > 1 && !isUpperCase(name, tokens, i)
					&& !(german && tokens.start(i) == 0);
			if (counts && !known.contains(word)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isUpperCase(String name, TextTokens tokens, int index) {
		return name.substring(tokens.start(index), tokens.end(index)).chars().noneMatch(Character::isLowerCase);
	}

	/** Words of the facts; collected when the first name is looked up. */
	private static final class KnownNames {

		private final InspectionRequest request;

		private @Nullable Set<String> words;

		private KnownNames(InspectionRequest request) {
			this.request = request;
		}

		private boolean contains(String word) {
			if (ORDINARY.contains(word)) {
				return true;
			}
			Set<String> collected = this.words;
			if (collected == null) {
				collected = new HashSet<>();
				for (Product product : this.request.facts().values()) {
					add(collected, product.name());
					add(collected, product.category());
				}
				add(collected, this.request.brand().senderName());
				add(collected, this.request.authored());
				this.words = collected;
			}
			return collected.contains(word);
		}

		private boolean containsAll(String name) {
			TextTokens tokens = TextTokens.of(name);
			for (int i = 0; i < tokens.size(); i++) {
				if (!contains(tokens.word(i))) {
					return false;
				}
			}
			return true;
		}

		private static void add(Set<String> words, String text) {
			TextTokens tokens = TextTokens.of(text);
			for (int i = 0; i < tokens.size(); i++) {
				words.add(tokens.word(i));
			}
		}

	}

}
