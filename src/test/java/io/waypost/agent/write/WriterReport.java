package io.waypost.agent.write;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.waypost.agent.DetailedShop;
import io.waypost.agent.evaluate.DraftScorer;

import io.waypost.agent.guard.ContentInspector;
import io.waypost.agent.guard.DeclaredFacts;

import io.waypost.agent.guard.InspectionRequest;

import io.waypost.content.DraftBlock;
import io.waypost.content.EmailDraft;
import io.waypost.content.EmailRenderer;
import io.waypost.content.Product;
import io.waypost.feature.LifecycleStage;

/**
 * Measures what the rule-based writer writes for the sample shop: messages of one
 * campaign and of each goal. {@code main} prints the figures, and some drafts.
 */
public final class WriterReport {

	private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{N}'’]+");

	private static final Pattern NUMBER = Pattern.compile("[\\d.,]+");

	static final List<String> GOALS = List.of("cart-abandonment", "cart-reminder", "cart-last-reminder", "welcome",
			"welcome-follow-up", "welcome-highlights", "re-engagement", "re-engagement-follow-up",
			"re-engagement-last-call", "milestone");

	private static final List<Locale> LOCALES = List.of(Locale.UK, Locale.GERMANY, Locale.FRANCE);

	private final DetailedShop shop = new DetailedShop();

	private final RuleBasedWriter writer = new RuleBasedWriter(new DraftScorer());

	private final ContentInspector inspector = new ContentInspector(new EmailRenderer()::legalElements);

	/**
	 * Prints the report.
	 * @param arguments the number of drafts to print for each goal, by default none; then
	 * languages
	 */
	public static void main(String[] arguments) {
		int printed = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 0;
		WriterReport report = new WriterReport();
		List<Locale> locales = (arguments.length < 2) ? LOCALES
				: LOCALES.stream().filter((locale) -> List.of(arguments).contains(locale.getLanguage())).toList();
		for (Locale locale : locales) {
			report.campaign(1_000, locale).print("campaign of 1,000, " + locale.getLanguage());
			report.campaign(130, locale).print("campaign of 130, " + locale.getLanguage());
		}
		for (String goal : GOALS) {
			for (Locale locale : locales) {
				Figures figures = report.journey(goal, 300, locale);
				figures.print(goal + ", 300, " + locale.getLanguage());
				figures.samples.stream().limit(printed).forEach(WriterReport::print);
			}
		}
	}

	/** Messages of one campaign: every stage and category is an archetype. */
	Figures campaign(int count, Locale locale) {
		List<Sample> samples = new ArrayList<>();
		Random random = new Random(7);
		for (int i = 0; i < count; i++) {
			String category = this.shop.categories().get(i % this.shop.categories().size());
			LifecycleStage stage = LifecycleStage.values()[(i / 7) % LifecycleStage.values().length];
			samples.add(sample("spring-news", stage, locale,
					this.shop.facts(category, 4, false, 0, null, null, locale, random), i + 1L));
		}
		return figures(samples);
	}

	/** Messages of a goal to recipients with different histories. */
	Figures journey(String goal, int count, Locale locale) {
		List<Sample> samples = new ArrayList<>();
		Random random = new Random(11);
		for (int i = 0; i < count; i++) {
			String category = this.shop.categories().get(random.nextInt(this.shop.categories().size()));
			LifecycleStage stage = stage(goal, random);
			boolean cart = goal.startsWith("cart");
			String reason = List.of("viewed", "complement", "category", "best_seller").get(random.nextInt(4));
			long orders = (stage == LifecycleStage.PROSPECT) ? 0 : random.nextInt(6);
			samples.add(sample(goal, stage, locale,
					this.shop.facts(category, cart ? 1 + random.nextInt(3) : 3 + random.nextInt(2), cart, orders, null,
							cart ? null : reason, locale, random),
					i + 1L));
		}
		return figures(samples);
	}

	private static LifecycleStage stage(String goal, Random random) {
		return switch (goal.substring(0, 2)) {
			case "we" -> (random.nextBoolean()) ? LifecycleStage.PROSPECT : LifecycleStage.NEW;
			case "re" -> (random.nextBoolean()) ? LifecycleStage.AT_RISK : LifecycleStage.LAPSED;
			default -> LifecycleStage.values()[random.nextInt(LifecycleStage.values().length)];
		};
	}

	private Sample sample(String goal, LifecycleStage stage, Locale locale, ContentFacts facts, long seed) {
		long start = System.nanoTime();
		WrittenDraft written = this.writer.write(new DraftRequest(goal, stage, "news", locale, facts, seed, 1, null));
		return new Sample(written, facts, System.nanoTime() - start);
	}

	private Figures figures(List<Sample> samples) {
		Figures figures = new Figures(samples);
		samples.forEach((sample) -> this.inspector.inspect(inspection(sample))
			.findings()
			.forEach((finding) -> figures.findings.add(finding + " in " + texts(sample.written.draft()))));
		return figures;
	}

	private InspectionRequest inspection(Sample sample) {
		Map<String, Product> products = sample.facts.lines()
			.stream()
			.map(ContentFacts.ProductLine::product)
			.collect(Collectors.toMap(Product::id, Function.identity()));
		Locale locale = Locale.forLanguageTag(sample.written.draft().locale());
		return new InspectionRequest(sample.written.draft(), DetailedShop.brand(), products,
				sample.facts.lines()
					.stream()
					.collect(Collectors.toMap((line) -> line.product().id(), ContentFacts.ProductLine::quantity)),
				this.shop.names(), List.of(),
				DetailedShop.brand().facts().text() + '\n' + sample.facts.orderCount() + '\n'
						+ products.values()
							.stream()
							.map((product) -> product.details().text(locale))
							.collect(Collectors.joining("\n")),
				Map.of(), DeclaredFacts.NONE, DetailedShop.TODAY);
	}

	private static void print(Sample sample) {
		EmailDraft draft = sample.written.draft();
		System.out.printf("%n--- %s %s %s%nSubject:   %s%nPreheader: %s%nHeadline:  %s%n", draft.layout(),
				sample.written.fragments().getFirst(), draft.locale(), draft.subject(), draft.preheader(),
				draft.headline());
		for (DraftBlock block : draft.body()) {
			if (block instanceof DraftBlock.Products(DraftBlock.Arrangement arrangement, List<EmailDraft.DraftItem> items)) {
				items.forEach((item) -> System.out.println("  * [" + arrangement + "] " + item.name() + ", "
						+ item.price() + ", " + item.formerPrice() + ", " + item.description() + ", " + item.rating()));
			}
			else {
				System.out.println(block.getClass().getSimpleName() + ": " + String.join(" | ", block.texts()));
			}
		}
		System.out.printf("[%s]%n%s%n", draft.callToAction().label(), draft.closing());
	}

	private static String texts(EmailDraft draft) {
		List<String> texts = new ArrayList<>();
		draft.map((text) -> {
			texts.add(text);
			return text;
		});
		return String.join("\n", texts);
	}

	private static String body(EmailDraft draft) {
		return draft.body().stream().flatMap((block) -> block.texts().stream()).collect(Collectors.joining("\n"));
	}

	private record Sample(WrittenDraft written, ContentFacts facts, long nanos) {

	}

	/** Figures of a set of messages. */
	static final class Figures {

		private final List<Sample> samples;

		final List<String> findings = new ArrayList<>();

		private Figures(List<Sample> samples) {
			this.samples = samples;
		}

		/** Share of messages whose body an earlier one has, word for word. */
		double duplicates() {
			return repeated((sample) -> body(sample.written.draft()));
		}

		/**
		 * The same without names of products, numbers and other facts of the catalogue.
		 */
		double duplicatesWithoutFacts() {
			return repeated(Figures::withoutFacts);
		}

		private double repeated(Function<Sample, String> text) {
			Set<String> seen = new HashSet<>();
			return this.samples.stream().filter((sample) -> !seen.add(text.apply(sample))).count()
					/ (double) this.samples.size();
		}

		private static String withoutFacts(Sample sample) {
			String body = body(sample.written.draft());
			for (ContentFacts.ProductLine line : sample.facts.lines()) {
				Product product = line.product();
				List<String> facts = new ArrayList<>(product.details().descriptions().values());
				product.details().attributes().values().forEach((attribute) -> facts.addAll(attribute.values()));
				facts.add(product.name());
				for (String fact : facts) {
					body = body.replace(fact, "#");
				}
			}
			if (sample.facts.category() != null) {
				body = body.replace(sample.facts.category(), "#");
			}
			return NUMBER.matcher(body).replaceAll("#");
		}

		/** Different pairs of neighbouring words per pair. */
		double distinctPairs() {
			Set<String> distinct = new HashSet<>();
			int all = 0;
			for (Sample sample : this.samples) {
				List<String> words = TOKEN.matcher(body(sample.written.draft()).toLowerCase(Locale.ROOT))
					.results()
					.map((match) -> match.group())
					.toList();
				for (int i = 1; i < words.size(); i++) {
					all++;
					distinct.add(words.get(i - 1) + ' ' + words.get(i));
				}
			}
			return distinct.size() / (double) all;
		}

		/**
		 * Messages with a slot or a merge tag that is not filled; the first name is
		 * filled later.
		 */
		long unfilled() {
			return this.samples.stream()
				.map((sample) -> texts(sample.written.draft()).replace("{{ first_name }}", ""))
				.filter((text) -> text.contains("${") || text.contains("{{") || text.contains("null"))
				.count();
		}

		long productSets() {
			return this.samples.stream()
				.map((sample) -> sample.written.draft().items().stream().map(EmailDraft.DraftItem::productId).toList())
				.distinct()
				.count();
		}

		long subjects() {
			return this.samples.stream().map((sample) -> sample.written.draft().subject()).distinct().count();
		}

		double below() {
			return this.samples.stream()
				.filter((sample) -> sample.written.scores().quality() < 0.7
						|| sample.written.scores().relevance() < 0.6)
				.count() / (double) this.samples.size();
		}

		Map<String, Long> layouts() {
			return this.samples.stream()
				.collect(Collectors.groupingBy((sample) -> sample.written.fragments().getFirst(), TreeMap::new,
						Collectors.counting()));
		}

		/** Median time of a draft in milliseconds. */
		double median() {
			return this.samples.stream()
				.mapToLong(Sample::nanos)
				.sorted()
				.skip(this.samples.size() / 2)
				.findFirst()
				.orElse(0) / 1e6;
		}

		void print(String title) {
			System.out.printf(
					"%n%s: findings %d, duplicates %.3f, without facts %.3f, distinct-2 %.3f, product sets %d, subjects %d, below %.3f, median %.2f ms%n  %s%n",
					title, this.findings.size(), duplicates(), duplicatesWithoutFacts(), distinctPairs(), productSets(),
					subjects(), below(), median(), layouts());
			Map<String, Integer> failed = new HashMap<>();
			this.samples.forEach((sample) -> sample.written.scores()
				.parts()
				.stream()
				.filter((part) -> part.value() < 0.6)
				.forEach((part) -> failed.merge(part.name(), 1, Integer::sum)));
			System.out.println("  low parts " + new TreeMap<>(failed));
			this.samples.stream()
				.filter((sample) -> sample.written.scores().quality() < 0.7
						|| sample.written.scores().relevance() < 0.6)
				.limit(6)
				.forEach((sample) -> System.out.println("  - "
						+ sample.written.scores()
							.parts()
							.stream()
							.filter((part) -> part.value() < 0.7)
							.map((part) -> part.name() + ' ' + part.value() + ' ' + part.why())
							.collect(Collectors.joining("; "))
						+ " in " + texts(sample.written.draft()).replace('\n', '/')));
			this.findings.stream()
				.limit(4)
				.forEach((finding) -> System.out.println("  ! " + finding.replace('\n', '/')));
		}

	}

}
