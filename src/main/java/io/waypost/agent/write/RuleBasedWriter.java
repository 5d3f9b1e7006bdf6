package io.waypost.agent.write;

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

import io.waypost.agent.evaluate.DraftScorer;
import io.waypost.agent.evaluate.ScoringContext;
import io.waypost.content.EmailDraft;
import io.waypost.content.TemplateCopy;
import io.waypost.kernel.Money;
import org.jspecify.annotations.Nullable;

/**
 * Writes drafts from fragments. For each brief it composes a few candidates by a seeded
 * hash and keeps the one with the best offline score.
 */
public final class RuleBasedWriter {

	/** Version of grammar and fragments, kept with every message. */
	public static final String VERSION = "rules@2";

	private static final List<String> LANGUAGES = List.of("en", "de", "fr");

	private static final int CANDIDATES = 6;

	private static final int MOST_ITEMS = 4;

	private final Map<String, FragmentGrammar> grammars = new TreeMap<>();

	private final DraftScorer scorer;

	/**
	 * Loads and validates every fragment file.
	 * @param scorer chooses among candidates
	 * @throws IllegalStateException naming what is wrong in which file
	 */
	public RuleBasedWriter(DraftScorer scorer) {
		this.scorer = scorer;
		LANGUAGES.forEach((language) -> this.grammars.put(language, FragmentGrammar.load(language)));
	}

	/**
	 * Writes the best of a few drafts.
	 * @param brief what is asked for
	 * @return the draft; always one, for every goal, stage and language
	 */
	public WrittenDraft write(DraftRequest brief) {
		return compose(brief, CANDIDATES, "r");
	}

	/**
	 * Writes safe words: the first general fragments, and those of the template.
	 * @param brief what is asked for; its seed and attempt do not matter
	 * @return the draft
	 */
	public WrittenDraft writeFallback(DraftRequest brief) {
		DraftRequest plain = new DraftRequest(brief.goal(), brief.stage(), brief.angle(), brief.locale(), brief.facts(),
				0, 1, brief.authored());
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
		return FragmentSlots.price(money, locale);
	}

	private WrittenDraft compose(DraftRequest brief, int candidates, String kind) {
		FragmentGrammar grammar = grammar(brief.locale());
		FragmentSlots facts = FragmentSlots.of(brief.facts(), brief.locale());
		ScoringContext aim = new ScoringContext(brief.locale(), brief.facts().shop(),
				shown(brief.facts()).stream().map((line) -> line.product().name()).toList(), brief.facts().category());
		List<WrittenDraft> written = new ArrayList<>();
		for (int candidate = 0; candidate < candidates; candidate++) {
			Map<MessagePart, TextFragment> choice = choose(grammar, brief, facts, candidate);
			EmailDraft draft = draft(choice, brief, facts);
			written.add(new WrittenDraft(kind + brief.attempt() + '.' + candidate, draft, ids(choice),
					this.scorer.score(draft, aim), candidates));
		}
		// The first of equals, so that the choice depends on nothing but the brief.
		return written.stream()
			.max(Comparator.<WrittenDraft>comparingDouble((one) -> one.scores().quality() + one.scores().relevance())
				.thenComparing((one) -> one.variant(), Comparator.reverseOrder()))
			.orElseThrow();
	}

	private Map<MessagePart, TextFragment> choose(FragmentGrammar grammar, DraftRequest brief, FragmentSlots facts,
			int candidate) {
		Map<MessagePart, TextFragment> choice = new EnumMap<>(MessagePart.class);
		for (MessagePart part : MessagePart.values()) {
			List<TextFragment> eligible = grammar.eligible(part, brief, facts);
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
	private static int index(MessagePart part, DraftRequest brief, int candidate, int size) {
		if (brief.seed() == 0) {
			return 0;
		}
		if (part == MessagePart.SUBJECT) {
			return Math.floorMod(SeededHash.pick(brief.seed(), part.ordinal(), size) + brief.attempt() - 1, size);
		}
		return SeededHash.pick(brief.seed(), 1000L * brief.attempt() + 100L * candidate + part.ordinal(), size);
	}

	private static EmailDraft draft(Map<MessagePart, TextFragment> choice, DraftRequest brief, FragmentSlots facts) {
		Map<MessagePart, String> text = new EnumMap<>(MessagePart.class);
		choice.forEach((part, fragment) -> text.put(part, fragment.fill(facts.values())));
		TemplateCopy authored = (brief.authored() != null) ? brief.authored()
				: new TemplateCopy(null, null, null, List.of(), null);
		List<EmailDraft.DraftItem> items = shown(brief.facts()).stream()
			.map((line) -> item(line, brief.locale()))
			.toList();
		return new EmailDraft(brief.locale().toLanguageTag(), or(authored.subject(), text, MessagePart.SUBJECT),
				or(authored.preheader(), text, MessagePart.PREHEADER),
				or(authored.headline(), text, MessagePart.HEADLINE),
				authored.paragraphs().isEmpty() ? paragraphs(text) : authored.paragraphs(), items,
				new EmailDraft.CallToAction(or(authored.callToAction(), text, MessagePart.ACTION),
						target(brief.facts())),
				text.get(MessagePart.CLOSING));
	}

	private static List<String> paragraphs(Map<MessagePart, String> text) {
		List<String> paragraphs = new ArrayList<>();
		for (MessagePart part : List.of(MessagePart.OPENING, MessagePart.HOOK, MessagePart.PROOF, MessagePart.ITEMS)) {
			String words = text.get(part);
			if (words != null) {
				paragraphs.add(words);
			}
		}
		return paragraphs;
	}

	private static String or(@Nullable String authored, Map<MessagePart, String> text, MessagePart part) {
		return (authored != null && !authored.isBlank()) ? authored.strip() : text.getOrDefault(part, "");
	}

	private static EmailDraft.DraftItem item(ContentFacts.ProductLine line, Locale locale) {
		return new EmailDraft.DraftItem(line.product().id(), line.product().name(),
				FragmentSlots.price(line.product().price(), locale), line.quantity(), line.product().imageUrl(),
				line.product().url());
	}

	/**
	 * One product leads to its page, several to the cart or, where it is not known, the
	 * shop.
	 */
	private static String target(ContentFacts facts) {
		if (facts.lines().size() == 1) {
			return facts.lines().getFirst().product().url();
		}
		return (facts.cartUrl() != null) ? facts.cartUrl() : facts.siteUrl();
	}

	private static List<ContentFacts.ProductLine> shown(ContentFacts facts) {
		return facts.lines().stream().limit(MOST_ITEMS).toList();
	}

	private static List<String> ids(Map<MessagePart, TextFragment> choice) {
		return choice.entrySet()
			.stream()
			.map((entry) -> entry.getKey().name().toLowerCase(Locale.ROOT) + ':' + entry.getValue().id())
			.toList();
	}

	private FragmentGrammar grammar(Locale locale) {
		FragmentGrammar own = this.grammars.get(locale.getLanguage());
		return (own != null) ? own : Objects.requireNonNull(this.grammars.get("en"));
	}

}
