package io.waypost.agent.write;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.waypost.agent.evaluate.DraftScorer;
import io.waypost.agent.evaluate.ScoringContext;
import io.waypost.content.EmailDraft;
import io.waypost.content.fact.Offer;
import io.waypost.kernel.Money;
import org.jspecify.annotations.Nullable;

/**
 * Writes drafts from text fragments. For each request it composes several candidates with
 * a seeded hash and returns the one with the best offline score.
 */
public final class RuleBasedWriter {

	/** Version of grammar and fragments; stored with every message. */
	public static final String VERSION = "rules@6";

	private static final List<String> LANGUAGES = List.of("en", "de", "fr");

	private static final int CANDIDATES = 4;

	/** A candidate with these scores is used without writing another one. */
	private static final double GOOD = 0.9;

	/** Number of the choice of an outline; parts have their ordinals. */
	private static final int OUTLINE = -1;

	/** Parts that every message has. */
	private static final Set<MessagePart> ALWAYS = EnumSet.of(MessagePart.SUBJECT, MessagePart.PREHEADER,
			MessagePart.HEADLINE, MessagePart.ACTION, MessagePart.CLOSING);

	/** Facts that a message tells once. */
	private static final Set<String> ONCE = Set.of("description", "rating", "average", "former_price", "promise",
			"shipping", "returns", "material", "care", "use", "season", "offer_terms", "orders", "second");

	/** Slots that say what a message is about. */
	private static final Set<String> TOPICS = Set.of("item", "second", "names", "category", "offer", "offer_short",
			"discount");

	/** Slots with the name of the first product. */
	private static final Set<String> FIRST = Set.of("item", "names");

	/** Facts that the preheader does not repeat. */
	private static final Set<String> SUBJECT_FACTS = Stream
		.concat(ONCE.stream(), Stream.of("item", "second", "category", "price", "discount", "offer", "offer_short",
				"offer_until", "offer_code", "count", "total", "reviews"))
		.collect(Collectors.toUnmodifiableSet());

	private final Map<String, FragmentGrammar> grammars = new TreeMap<>();

	private final Outlines outlines = Outlines.load();

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
		ScoringContext aim = aim(request);
		List<WrittenDraft> written = new ArrayList<>();
		for (int candidate = 0; candidate < candidates; candidate++) {
			Outline outline = outline(request, facts, candidate);
			Map<MessagePart, TextFragment> choice = choose(grammar, outline, request, facts, candidate);
			EmailDraft draft = new DraftComposer(request, facts, outline, filled(choice, facts)).compose();
			written.add(new WrittenDraft(kind + request.attempt() + '.' + candidate, draft, ids(outline, choice),
					factIds(choice, facts), this.scorer.score(draft, aim), candidate + 1));
			if (isGood(written.getLast())) {
				break;
			}
		}
		// Ties are resolved by variant name, so the result depends only on the request.
		return written.stream()
			.max(Comparator.<WrittenDraft>comparingDouble((one) -> one.scores().quality() + one.scores().relevance())
				.thenComparing((one) -> one.variant(), Comparator.reverseOrder()))
			.orElseThrow();
	}

	/** Returns what a draft is scored against. */
	static ScoringContext aim(DraftRequest request) {
		return new ScoringContext(request.locale(), request.facts().shop(),
				DraftComposer.shown(request.facts()).stream().map((line) -> line.product().name()).toList(),
				request.facts().category(), request.goal(), true, request.facts().catalogueTexts(request.locale()));
	}

	/** Returns the texts of an outline for the first candidate. */
	Map<MessagePart, String> texts(DraftRequest request, Outline outline, FragmentSlots facts) {
		return filled(choose(grammar(request.locale()), outline, request, facts, 0), facts);
	}

	private static boolean isGood(WrittenDraft written) {
		return written.scores().quality() >= GOOD && written.scores().relevance() >= GOOD;
	}

	/**
	 * All candidates of an attempt have the same outline; the next attempt has another.
	 */
	Outline outline(DraftRequest request, FragmentSlots facts, int candidate) {
		List<Outline> eligible = this.outlines.eligible(request, facts);
		return eligible.get(index(eligible.stream().map((outline) -> WrittenDraft.OUTLINE + outline.id()).toList(),
				OUTLINE, request, candidate));
	}

	private static Map<MessagePart, TextFragment> choose(FragmentGrammar grammar, Outline outline, DraftRequest request,
			FragmentSlots facts, int candidate) {
		Map<MessagePart, TextFragment> choice = new EnumMap<>(MessagePart.class);
		Set<MessagePart> needed = outline.parts();
		for (MessagePart part : MessagePart.values()) {
			if (!needed.contains(part) && !ALWAYS.contains(part)) {
				continue;
			}
			List<TextFragment> fitting = inVoice(grammar.eligible(part, request, facts), request);
			List<TextFragment> unsaid = unsaid(fitting, choice, facts,
					(part == MessagePart.PREHEADER) ? SUBJECT_FACTS : ONCE);
			List<TextFragment> eligible = clear(part, (unsaid.isEmpty() && !part.optional()) ? fitting : unsaid,
					choice);
			if (!eligible.isEmpty()) {
				List<String> tags = eligible.stream().map((fragment) -> tag(part, fragment)).toList();
				choice.put(part, eligible.get(index(tags, part.ordinal(), request, candidate)));
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
		return preferred(eligible, (fragment) -> avoid.stream()
			.noneMatch((word) -> fragment.text().toLowerCase(request.locale()).contains(word)));
	}

	/**
	 * Leaves out fragments that say what another part has said: a longer fact, such as a
	 * description or a rating, is told once, and the preheader adds to the subject line.
	 */
	private static List<TextFragment> unsaid(List<TextFragment> eligible, Map<MessagePart, TextFragment> choice,
			FragmentSlots facts, Set<String> once) {
		Set<String> said = choice.values()
			.stream()
			.flatMap((fragment) -> fragment.slots().stream())
			.map((slot) -> slot.equals("names") ? "item" : slot)
			.filter(once::contains)
			.collect(Collectors.toSet());
		Set<String> texts = choice.values()
			.stream()
			.map((fragment) -> fragment.fill(facts.values()))
			.collect(Collectors.toSet());
		return eligible.stream()
			.filter((fragment) -> fragment.slots()
				.stream()
				.map((slot) -> slot.equals("names") ? "item" : slot)
				.noneMatch(said::contains) && !texts.contains(fragment.fill(facts.values())))
			.toList();
	}

	/**
	 * Leaves out what would not be clear after the parts before: a sentence about a
	 * product that was not named, and a preheader without a topic after a subject line
	 * without one, unless there is no other.
	 */
	private static List<TextFragment> clear(MessagePart part, List<TextFragment> eligible,
			Map<MessagePart, TextFragment> choice) {
		return switch (part) {
			case PREHEADER -> names(choice.get(MessagePart.SUBJECT), TOPICS) ? eligible
					: preferred(eligible, (fragment) -> names(fragment, TOPICS));
			case PRODUCT -> names(choice.get(MessagePart.HOOK), FIRST) ? eligible
					: eligible.stream().filter((fragment) -> names(fragment, FIRST)).toList();
			case TIP -> names(choice.get(MessagePart.HOOK), FIRST) || names(choice.get(MessagePart.PRODUCT), FIRST)
					? eligible : List.of();
			default -> eligible;
		};
	}

	private static boolean names(@Nullable TextFragment fragment, Set<String> slots) {
		return fragment != null && fragment.slots().stream().anyMatch(slots::contains);
	}

	private static List<TextFragment> preferred(List<TextFragment> eligible, Predicate<TextFragment> preference) {
		List<TextFragment> preferred = eligible.stream().filter(preference).toList();
		return preferred.isEmpty() ? eligible : preferred;
	}

	/**
	 * Returns the index of the fragment with the highest draw. All candidates of an
	 * attempt have the same outline and the same subject line; the next attempt uses the
	 * next ones, so it never repeats the last.
	 */
	private static int index(List<String> tags, int choice, DraftRequest request, int candidate) {
		if (request.seed() == 0 || tags.size() == 1) {
			return 0;
		}
		boolean shared = choice == OUTLINE || choice == MessagePart.SUBJECT.ordinal();
		long seed = SeededHash.mix(request.seed(),
				choice + (shared ? 0 : 1000L * request.attempt() + 100L * candidate));
		double[] draws = tags.stream()
			.mapToDouble((tag) -> request.posteriors().draw(request.goal(), tag, seed))
			.toArray();
		return IntStream.range(0, draws.length)
			.boxed()
			.sorted(Comparator.comparingDouble((Integer index) -> -draws[index]))
			.skip(shared ? (request.attempt() - 1) % draws.length : 0)
			.findFirst()
			.orElseThrow();
	}

	private static Map<MessagePart, String> filled(Map<MessagePart, TextFragment> choice, FragmentSlots facts) {
		Map<MessagePart, String> text = new EnumMap<>(MessagePart.class);
		choice.forEach((part, fragment) -> text.put(part, fragment.fill(facts.values())));
		return text;
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

	private static List<String> ids(Outline outline, Map<MessagePart, TextFragment> choice) {
		List<String> ids = new ArrayList<>();
		ids.add(WrittenDraft.OUTLINE + outline.id());
		choice.forEach((part, fragment) -> ids.add(tag(part, fragment)));
		return ids;
	}

	private static String tag(MessagePart part, TextFragment fragment) {
		return part.name().toLowerCase(Locale.ROOT) + ':' + fragment.id();
	}

	private FragmentGrammar grammar(Locale locale) {
		FragmentGrammar own = this.grammars.get(locale.getLanguage());
		return (own != null) ? own : Objects.requireNonNull(this.grammars.get("en"));
	}

}
