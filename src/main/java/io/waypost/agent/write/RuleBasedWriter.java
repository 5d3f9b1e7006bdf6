package io.waypost.agent.write;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.waypost.agent.evaluate.DraftScorer;
import io.waypost.agent.evaluate.ScoringContext;
import io.waypost.content.EmailDraft;
import io.waypost.content.fact.Offer;
import io.waypost.content.TemplateCopy;
import io.waypost.kernel.Money;
import org.jspecify.annotations.Nullable;

/**
 * Writes drafts from text fragments. For each request it composes several candidates with
 * a seeded hash and returns the one with the best offline score.
 */
public final class RuleBasedWriter {

	/** Version of grammar and fragments; stored with every message. */
	public static final String VERSION = "rules@5";

	private static final List<String> LANGUAGES = List.of("en", "de", "fr");

	private static final int CANDIDATES = 6;

	private static final int MAX_ITEMS = 4;

	private final Map<String, FragmentGrammar> grammars = new TreeMap<>();

	private final DraftScorer scorer;

	/**
	 * Loads and validates the fragment files.
	 * @param scorer scores the candidates
	 * @throws IllegalStateException naming file, part and fragment of an error
	 */
	public RuleBasedWriter(DraftScorer scorer) {
		this.scorer = scorer;
		LANGUAGES.forEach((language) -> this.grammars.put(language, FragmentGrammar.load(language)));
	}

	/**
	 * Writes a draft, the best of several candidates.
	 * @param request the input
	 * @return the draft; there is one for every goal, stage and language
	 */
	public WrittenDraft write(DraftRequest request) {
		return compose(request, CANDIDATES, "r");
	}

	/**
	 * Writes fallback content: the first eligible fragments and the texts of the
	 * template.
	 * @param request the input; its seed and attempt are ignored
	 * @return the draft
	 */
	public WrittenDraft writeFallback(DraftRequest request) {
		DraftRequest plain = new DraftRequest(request.goal(), request.stage(), request.angle(), request.locale(),
				request.facts(), 0, 1, request.authored());
		return compose(plain, 1, "f");
	}

	/**
	 * Returns the languages that the writer supports.
	 * @return ISO 639 codes
	 */
	public Set<String> languages() {
		return Set.copyOf(LANGUAGES);
	}

	/**
	 * Returns the goals with their own fragments; other goals use general fragments.
	 * @return template keys
	 */
	public Set<String> goals() {
		return new TreeSet<>(grammar(Locale.ENGLISH).goals());
	}

	/**
	 * Formats an amount for a locale.
	 * @param money the amount
	 * @param locale language and region
	 * @return for example {@code 12,50 €}
	 */
	public static String price(Money money, Locale locale) {
		return FragmentSlots.price(money, locale);
	}

	/**
	 * Returns the merge tags of an offer.
	 * @param facts the facts
	 * @param locale language and region
	 * @return the tags {@code offer}, {@code offer_until}, {@code offer_code} and
	 * {@code offer_terms}, empty texts for what is unknown
	 */
	public static Map<String, String> offerTags(ContentFacts facts, Locale locale) {
		Map<String, String> phrases = (facts.offer() != null) ? OfferPhrases.of(facts.offer(), locale) : Map.of();
		return Stream.of("offer", "offer_until", "offer_code", "offer_terms")
			.collect(Collectors.toMap(Function.identity(), (tag) -> phrases.getOrDefault(tag, "")));
	}

	/**
	 * Describes an offer in a short sentence without a full stop.
	 * @param offer the offer
	 * @param locale language and region
	 * @return for example {@code 20% off seeds until Sunday 6 December}
	 */
	public static String offerText(Offer offer, Locale locale) {
		return OfferPhrases.of(offer, locale).getOrDefault("offer", "");
	}

	private WrittenDraft compose(DraftRequest request, int candidates, String kind) {
		FragmentGrammar grammar = grammar(request.locale());
		FragmentSlots facts = FragmentSlots.of(request.facts(), request.locale());
		ScoringContext aim = new ScoringContext(request.locale(), request.facts().shop(),
				shown(request.facts()).stream().map((line) -> line.product().name()).toList(),
				request.facts().category());
		List<WrittenDraft> written = new ArrayList<>();
		for (int candidate = 0; candidate < candidates; candidate++) {
			Map<MessagePart, TextFragment> choice = choose(grammar, request, facts, candidate);
			EmailDraft draft = draft(choice, request, facts);
			written.add(new WrittenDraft(kind + request.attempt() + '.' + candidate, draft, ids(choice),
					factIds(choice, facts), this.scorer.score(draft, aim), candidates));
		}
		// Ties are resolved by variant name, so the result depends only on the request.
		return written.stream()
			.max(Comparator.<WrittenDraft>comparingDouble((one) -> one.scores().quality() + one.scores().relevance())
				.thenComparing((one) -> one.variant(), Comparator.reverseOrder()))
			.orElseThrow();
	}

	private Map<MessagePart, TextFragment> choose(FragmentGrammar grammar, DraftRequest request, FragmentSlots facts,
			int candidate) {
		Map<MessagePart, TextFragment> choice = new EnumMap<>(MessagePart.class);
		for (MessagePart part : MessagePart.values()) {
			List<TextFragment> eligible = inVoice(grammar.eligible(part, request, facts), request);
			if (!eligible.isEmpty()) {
				choice.put(part, eligible.get(index(part, request, candidate, eligible.size())));
			}
			else if (!part.optional()) {
				throw new IllegalStateException("No fragment for %s of goal '%s' in %s fits these facts".formatted(part,
						request.goal(), grammar.language()));
			}
		}
		return choice;
	}

	/** Leaves out fragments with words that the brand avoids, unless no other is left. */
	private static List<TextFragment> inVoice(List<TextFragment> eligible, DraftRequest request) {
		List<String> avoid = request.facts().brand().voice().avoid();
		if (avoid.isEmpty()) {
			return eligible;
		}
		List<TextFragment> fitting = eligible.stream()
			.filter((fragment) -> avoid.stream()
				.noneMatch((word) -> fragment.text().toLowerCase(request.locale()).contains(word)))
			.toList();
		return fitting.isEmpty() ? eligible : fitting;
	}

	/**
	 * Returns the index of the fragment to use. All candidates of an attempt have the
	 * same subject line; the next attempt uses the next one, so it never repeats the
	 * last.
	 */
	private static int index(MessagePart part, DraftRequest request, int candidate, int size) {
		if (request.seed() == 0) {
			return 0;
		}
		if (part == MessagePart.SUBJECT) {
			return Math.floorMod(SeededHash.pick(request.seed(), part.ordinal(), size) + request.attempt() - 1, size);
		}
		return SeededHash.pick(request.seed(), 1000L * request.attempt() + 100L * candidate + part.ordinal(), size);
	}

	private static EmailDraft draft(Map<MessagePart, TextFragment> choice, DraftRequest request, FragmentSlots facts) {
		Map<MessagePart, String> text = new EnumMap<>(MessagePart.class);
		choice.forEach((part, fragment) -> text.put(part, fragment.fill(facts.values())));
		TemplateCopy authored = (request.authored() != null) ? request.authored()
				: new TemplateCopy(null, null, null, List.of(), null);
		List<EmailDraft.DraftItem> items = shown(request.facts()).stream()
			.map((line) -> item(line, request.locale()))
			.toList();
		return new EmailDraft(request.locale().toLanguageTag(), or(authored.subject(), text, MessagePart.SUBJECT),
				or(authored.preheader(), text, MessagePart.PREHEADER),
				or(authored.headline(), text, MessagePart.HEADLINE),
				authored.paragraphs().isEmpty() ? paragraphs(text) : withOffer(authored.paragraphs(), text, facts),
				items, new EmailDraft.CallToAction(or(authored.callToAction(), text, MessagePart.ACTION),
						target(request.facts())),
				text.get(MessagePart.CLOSING));
	}

	private static List<String> paragraphs(Map<MessagePart, String> text) {
		List<String> paragraphs = new ArrayList<>();
		add(paragraphs, text, MessagePart.OPENING);
		add(paragraphs, text, MessagePart.HOOK, MessagePart.CODE, MessagePart.TERMS);
		add(paragraphs, text, MessagePart.PROOF);
		add(paragraphs, text, MessagePart.ITEMS);
		return paragraphs;
	}

	/** Adds the offer to the texts of a template that do not announce it. */
	private static List<String> withOffer(List<String> authored, Map<MessagePart, String> text, FragmentSlots facts) {
		String discount = facts.values().get("discount");
		if (discount == null || authored.stream().anyMatch((paragraph) -> paragraph.contains(discount))) {
			return authored;
		}
		List<String> paragraphs = new ArrayList<>(authored);
		add(paragraphs, text, MessagePart.HOOK, MessagePart.CODE, MessagePart.TERMS);
		return paragraphs;
	}

	/** Adds one paragraph made of the given parts. */
	private static void add(List<String> paragraphs, Map<MessagePart, String> text, MessagePart... parts) {
		String paragraph = Arrays.stream(parts)
			.map(text::get)
			.filter(Objects::nonNull)
			.collect(Collectors.joining(" "));
		if (!paragraph.isEmpty()) {
			paragraphs.add(paragraph);
		}
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
	 * Returns the URL of the button: the page of the offer, the page of a single product,
	 * otherwise the cart or, if its URL is unknown, the shop.
	 */
	private static String target(ContentFacts facts) {
		if (facts.offer() != null && facts.offer().url() != null) {
			return facts.offer().url();
		}
		if (facts.lines().size() == 1) {
			return facts.lines().getFirst().product().url();
		}
		return (facts.cartUrl() != null) ? facts.cartUrl() : facts.siteUrl();
	}

	private static List<ContentFacts.ProductLine> shown(ContentFacts facts) {
		return facts.lines().stream().limit(MAX_ITEMS).toList();
	}

	private static List<String> factIds(Map<MessagePart, TextFragment> choice, FragmentSlots facts) {
		return choice.values()
			.stream()
			.flatMap((fragment) -> fragment.slots().stream())
			.map((slot) -> facts.factIds().getOrDefault(slot, ""))
			.distinct()
			.sorted()
			.toList();
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

	/**
	 * A 64-bit hash with a seed, so that several choices within one message are
	 * independent. The mixing steps are those of SplitMix64.
	 */
	private static final class SeededHash {

		private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

		private SeededHash() {
		}

		static long mix(long seed, long value) {
			long z = seed + GOLDEN_GAMMA * (value + 1);
			z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
			z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
			return z ^ (z >>> 31);
		}

		/** Returns a number from 0 to bound - 1. */
		static int pick(long seed, long value, int bound) {
			return (int) Long.remainderUnsigned(mix(seed, value), bound);
		}

	}

}
