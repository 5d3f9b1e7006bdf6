package io.waypost.agent.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.waypost.agent.evaluate.DraftScores.ScorePart;

/**
 * Scores the tone of all texts by lists of phrases: abuse, spam, hype, reproach, jargon,
 * legal language, mixed registers and mixed forms of address.
 */
final class ToneScorer {

	private static final Set<String> GERMAN_FORMAL = Set.of("Ihnen", "Ihr", "Ihre", "Ihren", "Ihrem", "Ihrer", "Ihres");

	private static final Set<String> GERMAN_INFORMAL = Set.of("du", "dich", "dir", "dein", "deine", "deinen", "deinem",
			"deiner", "deines", "euch", "euer", "eure", "euren", "eurem", "ihr's");

	private static final Set<String> GERMAN_IMPERATIVE = Set.of("schau", "gönn", "hol", "nimm", "sag", "kuschel",
			"erzähl", "probier", "trink", "stell", "bring", "komm", "lies", "gib", "mach", "klick", "wähl", "such",
			"schreib", "entdeck", "sichere", "bestell", "melde", "lass", "freu", "geh", "denk", "vergiss", "teil",
			"zeig", "sieh", "hör", "frag", "spar", "kauf", "leg", "setz");

	private static final Set<String> FRENCH_FORMAL = Set.of("vous", "votre", "vos", "vôtre");

	private static final Set<String> FRENCH_INFORMAL = Set.of("tu", "te", "t'", "toi", "ton", "ta", "tes", "tien",
			"tienne");

	List<ScorePart> parts(CopyText copy) {
		CopyPhrases phrases = CopyPhrases.of(copy.language());
		List<CopySentence> texts = new ArrayList<>(copy.body());
		texts.add(copy.subject());
		texts.add(copy.preheader());
		int words = Math.max(25, texts.stream().mapToInt(CopySentence::words).sum());
		List<List<String>> tokens = texts.stream().map((text) -> without(text.lower(), copy)).toList();
		List<List<String>> plain = tokens.stream().map(ToneScorer::plain).toList();
		List<String> abuse = found(phrases, "insult", plain);
		abuse.addAll(found(phrases, "toxic", plain));
		return List.of(part("abuse", abuse, 0.8 * abuse.size(), "insults or threats"),
				share("spam", found(phrases, "spam", tokens), words, 0.02, "typical of spam"),
				share("hype", found(phrases, "hype", tokens), words, 0.05, "exaggerations"),
				share("reproach", found(phrases, "guilt", tokens), words, 0.035, "reproaches"),
				share("jargon", found(phrases, "jargon", tokens), words, 0.065, "jargon"),
				share("legal_language", found(phrases, "legal", tokens), words, 0.065, "legal language"),
				register(found(phrases, "chat", tokens), found(phrases, "stiff", tokens)), address(copy));
	}

	/** The words without names of products, which may be Moron Mountain tea. */
	private static List<String> without(List<String> words, CopyText copy) {
		return words.stream().map((word) -> copy.names().contains(word) && word.length() > 2 ? "-" : word).toList();
	}

	/** Digits and marks instead of letters, and letters repeated for emphasis. */
	private static List<String> plain(List<String> words) {
		List<String> plain = new ArrayList<>();
		StringBuilder spelt = new StringBuilder();
		for (String word : words) {
			if (word.length() == 1 && Character.isLetter(word.charAt(0))) {
				spelt.append(word);
				continue;
			}
			addSpelt(plain, spelt);
			plain.add(LetterSubstitution.plain(word));
		}
		addSpelt(plain, spelt);
		return plain;
	}

	private static void addSpelt(List<String> plain, StringBuilder spelt) {
		if (!spelt.isEmpty()) {
			plain.add(spelt.toString());
			spelt.setLength(0);
		}
	}

	private static List<String> found(CopyPhrases phrases, String group, List<List<String>> texts) {
		List<String> found = new ArrayList<>();
		texts.forEach((tokens) -> found.addAll(phrases.find(group, tokens)));
		return found;
	}

	/** 0.7 at the given share of words; one phrase alone is not held against the copy. */
	private static ScorePart share(String name, List<String> found, int words, double most, String what) {
		double cost = (found.size() < 2) ? 0.1 * found.size() : 0.3 * found.size() / words / most;
		return part(name, found, cost, what);
	}

	private static ScorePart part(String name, List<String> found, double cost, String what) {
		return ScorePart.limiting("quality", name, 1 - cost, found.isEmpty() ? "no " + what
				: what + ": " + String.join(", ", found.subList(0, Math.min(5, found.size()))));
	}

	private static ScorePart register(List<String> chat, List<String> stiff) {
		double cost = 0.2 * Math.max(0, chat.size() - 1) + 0.2 * Math.max(0, stiff.size() - 1)
				+ ((!chat.isEmpty() && !stiff.isEmpty()) ? 0.35 : 0);
		List<String> found = new ArrayList<>(chat);
		found.addAll(stiff);
		return part("register", found, cost, "chat language or stiff formulas");
	}

	/** Counts formal and informal address; a text must not have both. */
	private static ScorePart address(CopyText copy) {
		int formal = 0;
		int informal = 0;
		for (CopySentence sentence : copy.body()) {
			for (int at = 0; at < sentence.tokens().size(); at++) {
				formal += isFormal(copy.language(), sentence, at) ? 1 : 0;
				informal += isInformal(copy.language(), sentence, at) ? 1 : 0;
			}
		}
		boolean mixed = formal > 0 && informal > 0;
		return ScorePart.limiting("quality", "form_of_address", mixed ? 0.3 : 1,
				mixed ? "%d formal and %d informal addresses".formatted(formal, informal) : "one form of address");
	}

	private static boolean isFormal(String language, CopySentence sentence, int at) {
		return switch (language) {
			case "de" -> at > 0 && (GERMAN_FORMAL.contains(sentence.tokens().get(at))
					|| sentence.tokens().get(at).equals("Sie") && !sentence.lower().get(at - 1).equals(":"));
			case "fr" -> FRENCH_FORMAL.contains(sentence.lower().get(at));
			default -> false;
		};
	}

	private static boolean isInformal(String language, CopySentence sentence, int at) {
		String word = sentence.lower().get(at);
		return switch (language) {
			case "de" -> GERMAN_INFORMAL.contains(word) || isImperative(sentence, at);
			case "fr" -> FRENCH_INFORMAL.contains(word);
			default -> false;
		};
	}

	/**
	 * An imperative at the start of a sentence or after a comma or "und", without Sie.
	 */
	private static boolean isImperative(CopySentence sentence, int at) {
		boolean atStart = at == 0 || Set.of(",", "und", ":").contains(sentence.lower().get(at - 1));
		return atStart && GERMAN_IMPERATIVE.contains(sentence.lower().get(at))
				&& (at + 1 == sentence.tokens().size() || !sentence.tokens().get(at + 1).equals("Sie"));
	}

}
