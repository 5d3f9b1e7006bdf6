package io.waypost.agent.pii;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.waypost.agent.phrase.TextFeatures;
import io.waypost.agent.phrase.TextTokens;

/**
 * Finds people in texts: a form of address with a name, an age, a date of birth, a
 * relative or customer with a name, and postal addresses.
 */
public final class PersonMentions {

	/** Mrs Roth, Frau Kröger, Mme Moreau. */
	private static final Set<String> FORMS = Set.of("mr", "mrs", "ms", "miss", "mister", "herr", "herrn", "frau", "mme",
			"mlle", "monsieur", "madame", "mademoiselle", "dr", "prof", "familie", "famille");

	/** your neighbour Peter Jones, customer Daniel Obi, your son Leo. */
	private static final Set<String> RELATIONS = Set.of("neighbour", "neighbor", "colleague", "friend", "customer",
			"client", "user", "member", "son", "daughter", "wife", "husband", "mother", "father", "brother", "sister",
			"child", "baby", "boss", "partner", "nachbar", "nachbarin", "kollege", "kollegin", "freund", "freundin",
			"kunde", "kundin", "sohn", "tochter", "mann", "ehemann", "mutter", "vater", "bruder", "schwester", "chef",
			"chefin", "voisin", "voisine", "collegue", "ami", "amie", "cliente", "fils", "fille", "mari", "epouse",
			"mere", "pere", "frere", "soeur", "patron", "patronne");

	/** What follows the name of a person who is spoken of. */
	private static final Set<String> VERBS = Set.of("has", "is", "was", "bought", "likes", "loves", "turns", "s", "hat",
			"ist", "mag", "wird", "a", "est", "aime");

	/** for sarah, 42, and SARAH WHITCOMBE, 42. */
	private static final Pattern AGED = Pattern.compile(
			"(?iuU)\\b\\p{L}{2,}, (?:1[5-9]|[2-9]\\d)(?:,(?!\\d)| ?(?:years?|yrs?|ans|jahre)\\b|$)|\\b(?:aged|âgée?(?: de)?|im alter von) \\d{1,3}\\b|\\b\\d{1,3}[ -](?:years?[ -]old|jahre alt|jährige[rns]?|ans\\b(?! d['’]expérience| de garantie))"
					+ "|\\b(?:turn(?:s|ed|ing)?|are|be) (?:1[89]|[2-9]\\d) (?:today|tomorrow|this|next|on)"
					+ "|\\b\\d{1,3}(?:st|nd|rd|th) birthday\\b|\\b\\d{1,3}\\. geburtstag\\b|\\b\\d{1,3}e anniversaire de \\p{L}");

	private static final Pattern BORN = Pattern.compile(
			"(?iuU)\\b(?:born|geboren|geb\\.|née?s?|d\\.?o\\.?b\\.?|date of birth|geburtsdatum|date de naissance)\\W{0,3}(?:on |am |le |in |im |en |:)?\\W{0,2}(?:the )?\\d");

	/** "your birthday is on 3 May", "Ihr Geburtstag am 3.". */
	private static final Pattern BIRTHDAY = Pattern.compile(
			"(?iuU)\\b(?:your|his|her|ihre?[mn]?|deine?[mn]?|seine?[mn]?|votre|ton|son) (?:birthday|geburtstag|anniversaire)\\W{0,3}(?:is |ist |est |falls |fällt )?(?:on |am |le |in |im )?(?:the )?\\d");

	/** "She lives in Mill Lane", "vous habitez rue des Lilas". */
	private static final Pattern HOME = Pattern.compile(
			"(?:\\b[Ll]iv(?:e|es|ing) (?:in|at|on) |\\b[Ww]ohn(?:e|t|en|st) in (?:der |dem )?|\\b[Hh]abit(?:e|es|ez|ent) (?:au |dans la |à la )?)(?:\\p{Lu}[\\p{L}'’-]+ (?:Street|Road|Avenue|Lane|Drive|Close|Court|Way|Place|Terrace|Gardens|Square|Hill|Row)\\b|\\p{Lu}[\\p{L}-]*(?:straße|strasse|weg|gasse|platz|allee)\\b|(?:rue|avenue|boulevard|place|impasse|chemin|allée|quai) \\p{L})");

	/** 14 Marlowe Road, Lindenstraße 8, 27 rue des Lilas, 8 bis avenue Foch. */
	private static final Pattern STREET = Pattern.compile(
			"\\b\\d{1,5}[a-z]?,? (?:\\p{Lu}[\\p{L}'’.-]+ ){1,3}(?i:street|st|road|rd|avenue|ave|lane|ln|drive|dr|close|court|way|place|terrace|gardens|crescent|square|hill|row|boulevard|blvd|park|mews|grove)\\b"
					+ "|\\p{Lu}[\\p{L}-]*(?:str(?:aße|asse|\\.)|weg|gasse|platz|allee|ufer|damm|ring|chaussee|steig)(?: \\p{Lu}?\\p{L}*)? \\d{1,4} ?[a-z]?\\b"
					+ "|\\b(?:\\p{Lu}\\p{L}+er|Am|An der|Auf der|Im|Zum|Zur) (?:Straße|Weg|Platz|Allee|Ring|Markt|Damm|Ufer|\\p{Lu}\\p{L}+) \\d{1,4} ?[a-z]?, ?\\d{5}\\b"
					+ "|\\b\\d{1,4}(?: (?:bis|ter))?,? (?i:rue|avenue|av\\.|boulevard|bd|place|impasse|chemin|allée|quai|route|cours|square|passage) (?:(?:de|du|des|la|le|les|d['’]|l['’]) ?){0,2}[\\p{L}'’-]+"
					+ "|\\b(?:D-|CH-|A-|F-)?\\d{5} \\p{Lu}\\p{L}+(?=[ ,.!?)]|$)(?<=, \\d{5} [\\p{L}]{2,30})");

	/** ls6 2bt in any case. */
	private static final Pattern POSTCODE = Pattern
		.compile("(?i)\\b(?:[a-pr-uwyz][a-hk-y]?\\d[\\da-hjkpstuw]?) ?\\d[abd-hjlnp-uw-z]{2}\\b");

	private static final List<Pattern> WITH_DIGITS = List.of(AGED, BORN, BIRTHDAY, STREET, POSTCODE);

	private PersonMentions() {
	}

	/**
	 * Whether a text names a person, an age or a postal address.
	 * @param text any text
	 * @return true when it does
	 */
	public static boolean isIn(String text) {
		if (isNamed(text) || HOME.matcher(text).find()) {
			return true;
		}
		return TextFeatures.hasDigit(text) && WITH_DIGITS.stream().anyMatch((pattern) -> pattern.matcher(text).find());
	}

	private static boolean isNamed(String text) {
		TextTokens tokens = TextTokens.of(text);
		for (int i = 0; i + 1 < tokens.size(); i++) {
			String word = tokens.word(i);
			if (FORMS.contains(word) && isCapitalized(text, tokens, i)) {
				int name = (text.charAt(tokens.end(i)) == '.') ? i + 2 : i + 1;
				if (isName(text, tokens, name) && isAdjacent(text, tokens, i, name)) {
					return true;
				}
			}
			if (RELATIONS.contains(word) && isName(text, tokens, i + 1)
					&& (isName(text, tokens, i + 2) || VERBS.contains(tokens.word(i + 2)))) {
				return true;
			}
		}
		return false;
	}

	/** "Madame, Monsieur," is a salutation; the next sentence begins with a capital. */
	private static boolean isAdjacent(String text, TextTokens tokens, int form, int name) {
		return !FORMS.contains(tokens.word(name))
				&& text.substring(tokens.end(form), tokens.start(name)).chars().noneMatch((c) -> c == ',' || c == '\n');
	}

	/** A word with a capital and a small letter, or several capitals. */
	private static boolean isName(String text, TextTokens tokens, int index) {
		return index < tokens.size() && tokens.word(index).length() > 1 && isCapitalized(text, tokens, index);
	}

	private static boolean isCapitalized(String text, TextTokens tokens, int index) {
		return Character.isUpperCase(text.charAt(tokens.start(index)));
	}

}
