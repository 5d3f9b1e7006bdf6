package io.waypost.agent.evaluate;

/** Undoes what makes abusive words hard to find: 1d1ot, stuuupid. */
final class LetterSubstitution {

	private static final String FROM = "01345@$7";

	private static final String TO = "oieasast";

	private LetterSubstitution() {
	}

	/**
	 * Returns the word with letters for digits, and at most two equal letters in a row.
	 */
	static String plain(String word) {
		if (Character.isDigit(word.charAt(0)) && word.chars().noneMatch(Character::isLetter)) {
			return word;
		}
		StringBuilder plain = new StringBuilder();
		for (int at = 0; at < word.length(); at++) {
			int place = FROM.indexOf(word.charAt(at));
			char letter = (place >= 0) ? TO.charAt(place) : word.charAt(at);
			int length = plain.length();
			if (length < 2 || plain.charAt(length - 1) != letter || plain.charAt(length - 2) != letter) {
				plain.append(letter);
			}
		}
		return plain.toString();
	}

}
