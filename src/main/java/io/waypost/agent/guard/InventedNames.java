package io.waypost.agent.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.waypost.agent.evaluate.CopyLexicon;

/**
 * Finds words that look like names of products by their form: model numbers ("KX-200"),
 * names with a suffix ("Nimbus Pro"), names that a verb or "new" introduces, and
 * capitalised words that no one knows.
 */
final class InventedNames {

	private static final String NAME = "(\\p{Lu}\\p{Ll}[\\p{L}’'-]*)";

	private static final Pattern MODEL = Pattern.compile(
			"(?<![\\p{L}\\p{N}@#/.-])((?:\\p{Lu}{2,5}|\\p{Lu}{1,5}-)\\d{2,5}\\p{Lu}{0,2}|\\d{3,5}\\p{Lu}{1,2})(?![\\p{L}\\p{N}/-])");

	private static final Pattern SUFFIXED = Pattern.compile(
			"(?<!\\p{L})" + NAME + " (?:Pro|Max|Plus|XL|XXL|Ultra|Mini|Neo|Lite|Deluxe|II|III|IV)(?![\\p{L}\\p{N}])");

	private static final Pattern NUMBERED = Pattern
		.compile("(?<!\\p{L})" + NAME + " \\d{2,4}(?![\\p{L}\\p{N}.,:])(?!\\s?(?:[€%£$]|EUR\\b|Euro))");

	private static final Pattern INTRODUCED = Pattern.compile(
			"(?<!\\p{L})(?:[Ii]ntroducing|[Dd]iscover|[Ss]ay hello to|[Pp]resenting|[Oo]ur new|[Tt]he new|[Tt]he brand-new|namens|[Ee]ntdecken Sie|[Ee]ntdecke|[Uu]nsere?[mnrs]? neue[mnrs]?|[Dd](?:er|ie|as|en|em) neuen?|baptisée?|[Dd]écouvrez|[Dd]écouvre|[Nn]otre nouve(?:au|lle|l)|[Ll][ea] nouve(?:au|lle)|[Ll]e nouvel)"
					+ " (?:den |die |das |le |la |the |our |unseren? |notre )?" + NAME);

	/** A word that is neither the first of its sentence nor behind a colon or quote. */
	private static final Pattern INNER = Pattern.compile("(?<=[\\p{Ll}\\p{N},] )" + NAME);

	private static final Pattern GERMAN_ARTICLE = Pattern
		.compile("(?<!\\p{L})(?:[Dd](?:er|ie|as|en|em)|[Uu]nsere?[mnrs]?|[Ii]m|[Vv]om|[Mm]it|[Bb]eim|[Zz]u[mr]) " + NAME
				+ "(?! \\p{Lu})");

	private static final int SHORTEST_NAME = 4;

	/**
	 * In German every noun has a capital, and the model knows too few of them. Only words
	 * that end as German nouns rarely do are taken for names.
	 */
	private static final Pattern FOREIGN = Pattern.compile(
			"us$|[xy]$|os$|is$|i[aon]a$|[aeiou]ra$|[eiou]na$|[aeiou]la$|[eivrl]o$|etta$|ello$|eig$|ald$|[aeiou]rd?i$");

	/** Sizes, papers, sockets, standards. */
	private static final Pattern STANDARD = Pattern.compile(
			"(?:A|B|E|EN|ISO|DIN|UV|SPF|LSF|IP|USB|XXL?|PM|AM|H|CO|G|CLP|PH|FSC|EU|UK|US|ART|NR|NO)-?\\d+.*|\\d+(?:ML|CL|L|G|KG|M|CM|MM|W|V|H|S|X|D|K|C)");

	private static final Set<String> NOUNS = Set.of("Bonus", "Campus", "Globus", "Zirkus", "Fokus", "Modus", "Status",
			"Virus", "Kaktus", "Praxis", "Basis", "Kamera", "Pizza", "Villa", "Sauna", "Firma", "Thema", "Aura",
			"Party", "Hobby", "Baby", "Handy", "Kino", "Büro", "Radio", "Video", "Piano", "Wald", "Preis", "Kreis",
			"Reis", "Eis", "Haus", "Maus", "Bus", "Hälfte", "Tomaten", "Gratis", "Ostern", "Espresso", "Cappuccino",
			"Risotto", "Teig", "Zweig", "Paprika", "Mais", "Anis", "Iris", "Tennis", "Beweis", "Hinweis", "Ausweis",
			"Applaus", "Strauß");

	private InventedNames() {
	}

	/**
	 * Finds such words.
	 * @param text a text without allowed names
	 * @param language ISO 639 code
	 * @return the words; the facts may know them
	 */
	static List<String> in(String text, String language) {
		List<String> found = new ArrayList<>();
		if (hasDigitOrCapital(text)) {
			collect(MODEL, text, found);
			found.removeIf((word) -> STANDARD.matcher(word).matches());
			List<String> names = new ArrayList<>();
			boolean german = language.equals("de");
			collect(NUMBERED, text, names);
			collect(INTRODUCED, text, names);
			collect(german ? GERMAN_ARTICLE : INNER, text, names);
			names.removeIf((word) -> german && (!FOREIGN.matcher(word).find() || NOUNS.contains(word)));
			collect(SUFFIXED, text, names);
			names.removeIf((word) -> word.length() < SHORTEST_NAME || isKnown(word, language));
			found.addAll(names);
		}
		return found;
	}

	private static boolean hasDigitOrCapital(String text) {
		return text.chars().anyMatch((letter) -> Character.isUpperCase(letter) || Character.isDigit(letter));
	}

	private static void collect(Pattern pattern, String text, List<String> found) {
		Matcher matcher = pattern.matcher(text);
		while (matcher.find()) {
			found.add(matcher.group(1));
		}
	}

	/** Whether all parts of a word with hyphens are known. */
	private static boolean isKnown(String word, String language) {
		for (String part : word.split("[-’']", -1)) {
			if (part.length() >= SHORTEST_NAME && !CopyLexicon.contains(part, language)) {
				return false;
			}
		}
		return true;
	}

}
