package io.waypost.agent.writer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.waypost.agent.score.Aim;
import io.waypost.agent.score.Scorer;
import io.waypost.content.Draft;
import io.waypost.content.TemplateWords;
import io.waypost.kernel.Money;
import org.jspecify.annotations.Nullable;

/**
 * Writes drafts from fragments. For each brief it composes a few candidates by a seeded
 * hash and keeps the one with the best offline score.
 */
public final class Writer {

	/** Version of grammar and fragments, kept with every message. */
	public static final String VERSION = "rules@2";

	private static final List<String> LANGUAGES = List.of("en", "de", "fr");

	private static final int CANDIDATES = 6;

	private static final int MOST_ITEMS = 4;

	private final Map<String, Grammar> grammars = new TreeMap<>();

	private final Scorer scorer;

	/**
	 * Loads and validates every fragment file.
	 * @param scorer chooses among candidates
	 * @throws IllegalStateException naming what is wrong in which file
	 */
	public Writer(Scorer scorer) {
		this.scorer = scorer;
		LANGUAGES.forEach((language) -> this.grammars.put(language, Grammar.load(language)));
	}

	/**
	 * Writes the best of a few drafts.
	 * @param brief what is asked for
	 * @return the draft; always one, for every goal, stage and language
	 */
	public Written write(Brief brief) {
		return compose(brief, CANDIDATES, "r");
	}

	/**
	 * Writes safe words: the first general fragments, and those of the template.
	 * @param brief what is asked for; its seed and attempt do not matter
	 * @return the draft
	 */
	public Written writeFallback(Brief brief) {
		Brief plain = new Brief(brief.goal(), brief.stage(), brief.angle(), brief.locale(), brief.facts(), 0, 1,
				brief.authored());
		return compose(plain, 1, "f");
	}

	/**
	 * Languages it writes.
	 * @return ISO 639 codes
	 */
	public Set<String> languages() {
		return Set.copyOf(LANGUAGES);
	}

	/**
	 * Goals it has words of its own for; for any other it finds general words.
	 * @return template keys
	 */
	public Set<String> goals() {
		return new TreeSet<>(grammar(Locale.ENGLISH).goals());
	}

	/**
	 * Writes an amount the way readers of a language expect it.
	 * @param money the amount
	 * @param locale language and region
	 * @return for example {@code 12,50 €}
	 */
	public static String price(Money money, Locale locale) {
		return FactSlots.price(money, locale);
	}

	private Written compose(Brief brief, int candidates, String kind) {
		Grammar grammar = grammar(brief.locale());
		FactSlots facts = FactSlots.of(brief.facts(), brief.locale());
		Aim aim = new Aim(brief.locale(), brief.facts().shop(),
				shown(brief.facts()).stream().map((line) -> line.product().name()).toList(), brief.facts().category());
		List<Written> written = new ArrayList<>();
		for (int candidate = 0; candidate < candidates; candidate++) {
			Map<Part, Fragment> choice = choose(grammar, brief, facts, candidate);
			Draft draft = draft(choice, brief, facts);
			written.add(new Written(kind + brief.attempt() + '.' + candidate, draft, ids(choice),
					this.scorer.score(draft, aim), candidates));
		}
		// The first of equals, so that the choice depends on nothing but the brief.
		return written.stream()
			.max(Comparator.<Written>comparingDouble((one) -> one.scores().quality() + one.scores().relevance())
				.thenComparing((one) -> one.variant(), Comparator.reverseOrder()))
			.orElseThrow();
	}

	private Map<Part, Fragment> choose(Grammar grammar, Brief brief, FactSlots facts, int candidate) {
		Map<Part, Fragment> choice = new EnumMap<>(Part.class);
		for (Part part : Part.values()) {
			List<Fragment> eligible = grammar.eligible(part, brief, facts);
			if (!eligible.isEmpty()) {
				choice.put(part, eligible.get(index(part, brief, candidate, eligible.size())));
			}
			else if (!part.optional()) {
				throw new IllegalStateException("No fragment for %s of goal '%s' in %s fits these facts".formatted(part,
						brief.goal(), grammar.language()));
			}
		}
		return choice;
	}

	/**
	 * The subject is the same for every candidate of an attempt and moves on by one with
	 * each attempt: another attempt never repeats the subject before it.
	 */
	private static int index(Part part, Brief brief, int candidate, int size) {
		if (brief.seed() == 0) {
			return 0;
		}
		if (part == Part.SUBJECT) {
			return Math.floorMod(Seed.pick(brief.seed(), part.ordinal(), size) + brief.attempt() - 1, size);
		}
		return Seed.pick(brief.seed(), 1000L * brief.attempt() + 100L * candidate + part.ordinal(), size);
	}

	private static Draft draft(Map<Part, Fragment> choice, Brief brief, FactSlots facts) {
		Map<Part, String> text = new EnumMap<>(Part.class);
		choice.forEach((part, fragment) -> text.put(part, fragment.fill(facts.values())));
		TemplateWords authored = (brief.authored() != null) ? brief.authored()
				: new TemplateWords(null, null, null, List.of(), null);
		List<Draft.Item> items = shown(brief.facts()).stream().map((line) -> item(line, brief.locale())).toList();
		return new Draft(brief.locale().toLanguageTag(), or(authored.subject(), text, Part.SUBJECT),
				or(authored.preheader(), text, Part.PREHEADER), or(authored.headline(), text, Part.HEADLINE),
				authored.paragraphs().isEmpty() ? paragraphs(text) : authored.paragraphs(), items,
				new Draft.CallToAction(or(authored.callToAction(), text, Part.ACTION), target(brief.facts())),
				text.get(Part.CLOSING));
	}

	private static List<String> paragraphs(Map<Part, String> text) {
		List<String> paragraphs = new ArrayList<>();
		for (Part part : List.of(Part.OPENING, Part.HOOK, Part.PROOF, Part.ITEMS)) {
			String words = text.get(part);
			if (words != null) {
				paragraphs.add(words);
			}
		}
		return paragraphs;
	}

	private static String or(@Nullable String authored, Map<Part, String> text, Part part) {
		return (authored != null && !authored.isBlank()) ? authored.strip() : text.getOrDefault(part, "");
	}

	private static Draft.Item item(Facts.Line line, Locale locale) {
		return new Draft.Item(line.product().id(), line.product().name(),
				FactSlots.price(line.product().price(), locale), line.quantity(), line.product().imageUrl(),
				line.product().url());
	}

	/**
	 * One product leads to its page, several to the cart or, where it is not known, the
	 * shop.
	 */
	private static String target(Facts facts) {
		if (facts.lines().size() == 1) {
			return facts.lines().getFirst().product().url();
		}
		return (facts.cartUrl() != null) ? facts.cartUrl() : facts.siteUrl();
	}

	private static List<Facts.Line> shown(Facts facts) {
		return facts.lines().stream().limit(MOST_ITEMS).toList();
	}

	private static List<String> ids(Map<Part, Fragment> choice) {
		return choice.entrySet()
			.stream()
			.map((entry) -> entry.getKey().name().toLowerCase(Locale.ROOT) + ':' + entry.getValue().id())
			.toList();
	}

	private Grammar grammar(Locale locale) {
		Grammar own = this.grammars.get(locale.getLanguage());
		return (own != null) ? own : Objects.requireNonNull(this.grammars.get("en"));
	}

}
