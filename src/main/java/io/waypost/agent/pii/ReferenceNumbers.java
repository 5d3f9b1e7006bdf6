package io.waypost.agent.pii;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.waypost.agent.phrase.TextFeatures;

/**
 * Finds numbers that identify a person's order, contract or account: "order no.
 * 4711-2208", "Kundennummer: 99812345", "commande n° 104922".
 */
public final class ReferenceNumbers {

	private static final String MARK = "(?:(?:[- ]?(?:number|numbers|no\\.?|num\\.?|id|nr\\.?|nummer|code|ref\\.?)|\\s(?:n°|nº|numéro|no\\.?)|\\s?#)\\s?(?:is|lautet|ist|est)?\\s?:?\\s?#?)";

	private static final Pattern REFERENCE = Pattern.compile(
			"(?iu)(?<!\\p{L})(?:order|invoice|customer|membership|member|booking|tracking|account|contract|reservation|ticket|reference|bestell|bestellung|rechnungs|rechnung|kunden|auftrags|auftrag|mitglieds|vertrags|vertrag|konto|buchungs|sendungs|commande|facture|client|dossier|contrat|compte|adhérent|réservation|suivi)"
					+ MARK + "([\\p{Alnum}][\\p{Alnum}/-]*\\d[\\p{Alnum}/-]*)");

	private static final int FEWEST_DIGITS = 4;

	private ReferenceNumbers() {
	}

	/**
	 * Finds such numbers.
	 * @param text any text
	 * @return the numbers as written, without the words before them
	 */
	public static List<String> in(String text) {
		List<String> found = new ArrayList<>();
		if (TextFeatures.hasDigit(text)) {
			Matcher matcher = REFERENCE.matcher(text);
			while (matcher.find()) {
				if (matcher.group(1).chars().filter(Character::isDigit).count() >= FEWEST_DIGITS) {
					found.add(matcher.group(1));
				}
			}
		}
		return found;
	}

}
