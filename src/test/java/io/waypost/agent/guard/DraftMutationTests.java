package io.waypost.agent.guard;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

import io.waypost.agent.ShopFixture;
import io.waypost.agent.evaluate.DraftScorer;
import io.waypost.agent.guard.InspectionRequest.PersonalValue;
import io.waypost.agent.write.ContentFacts;
import io.waypost.agent.write.DraftRequest;
import io.waypost.agent.write.RuleBasedWriter;
import io.waypost.content.EmailDraft;
import io.waypost.content.EmailRenderer;
import io.waypost.content.Product;
import io.waypost.feature.LifecycleStage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Mutates clean drafts in ten ways and counts detected mutations and false positives. The
 * seed is fixed and printed, so that a miss can be reproduced.
 */
class DraftMutationTests {

	private static final long SEED = 20261121L;

	private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

	private static final List<PersonalValue> PERSON = List.of(
			new PersonalValue("email", "maria.lindqvist@mail.example"), new PersonalValue("phone", "+46 70 123 45 67"),
			new PersonalValue("userId", "cust-88121"), new PersonalValue("lastName", "Lindqvist"),
			new PersonalValue("firstName", "Maria"));

	private static final Map<String, Double> WANTED = Map.of("price", 0.99, "percent", 0.99, "product", 0.99, "url",
			0.99, "past date", 0.95, "weekday", 0.95, "urgency", 0.95, "guarantee", 0.95, "pii", 0.99, "slot", 0.99);

	private final ContentInspector inspector = new ContentInspector(new EmailRenderer()::legalElements);

	private final List<Sample> clean = cleanDrafts();

	@Test
	void reportsNoCleanDraft() {
		List<String> falsePositives = this.clean.stream()
			.map((sample) -> this.inspector.inspect(sample.inspection()).findings() + " in " + sample.draft())
			.filter((text) -> !text.startsWith("[] "))
			.toList();
		System.out.printf("mutation suite, seed %d: %d of %d clean drafts reported%n", SEED, falsePositives.size(),
				this.clean.size());
		assertThat(falsePositives).isEmpty();
	}

	@Test
	void detectsMutations() {
		Map<String, Double> recall = new LinkedHashMap<>();
		List<String> missed = new ArrayList<>();
		mutations().forEach((name, mutation) -> {
			Random random = new Random(SEED);
			int found = 0;
			for (Sample sample : this.clean) {
				EmailDraft mutated = mutation.apply(sample, random);
				if (this.inspector.inspect(sample.with(mutated))
					.findings()
					.stream()
					.anyMatch(DraftMutationTests::holdsBack)) {
					found++;
				}
				else {
					missed.add(name + ": " + mutated);
				}
			}
			recall.put(name, found / (double) this.clean.size());
		});
		System.out.printf("mutation suite, seed %d, %d drafts x %d mutations, recall %s%n", SEED, this.clean.size(),
				recall.size(), recall);
		assertThat(recall).hasSize(10)
			.allSatisfy((name, share) -> assertThat(share).as("%s; missed:%n%s", name,
					missed.stream().filter((text) -> text.startsWith(name)).limit(3).collect(Collectors.joining("\n")))
				.isGreaterThanOrEqualTo(WANTED.get(name)));
	}

	/** Findings of this severity and above need a review. */
	private static boolean holdsBack(Finding finding) {
		return finding.severity().compareTo(Severity.WARNING) >= 0;
	}

	private static Map<String, BiFunction<Sample, Random, EmailDraft>> mutations() {
		Map<String, BiFunction<Sample, Random, EmailDraft>> mutations = new LinkedHashMap<>();
		mutations.put("price", DraftMutationTests::price);
		mutations.put("percent",
				(sample, random) -> insert(sample, random,
						pick(random, (5 + random.nextInt(80)) + " % off for you.",
								"Save " + (5 + random.nextInt(80)) + "% now.",
								"Jetzt " + (5 + random.nextInt(80)) + " Prozent günstiger.")));
		mutations.put("product", DraftMutationTests::product);
		mutations.put("url", DraftMutationTests::url);
		mutations.put("past date", (sample, random) -> insert(sample, random, date(sample, random, false)));
		mutations.put("weekday", (sample, random) -> insert(sample, random, date(sample, random, true)));
		mutations.put("urgency",
				(sample, random) -> insert(sample, random,
						pick(random, "Last chance to order!", "Hurry, only 3 left.", "Today only.", "Nur noch heute.",
								"Nur noch wenige da.", "Letzte Chance.", "Dernière chance.", "Plus que 2 articles.",
								"Ends tonight.", "While stocks last.")));
		mutations.put("guarantee", (sample, random) -> insert(sample, random,
				pick(random, "With our money-back promise.", "Lifetime warranty included.", "Quality guaranteed.",
						"Mit Geld-zurück-Versprechen.", "Zufriedenheitsgarantie inklusive.", "Satisfait ou remboursé.",
						"Livraison gratuite.", "Free shipping for you.")));
		mutations.put("pii",
				(sample, random) -> insert(sample, random,
						pick(random, "We sent it to maria.lindqvist@mail.example.",
								"Call us back from +46 70 123 45 67.", "Dear Ms Lindqvist, all is ready.",
								"Maria, look at this.", "Your IBAN is DE89 3704 0044 0532 0130 00.",
								"Your card 4111 1111 1111 1111 works.", "Seen from 203.0.113.77 today.",
								"Your number cust-88121 is known.", "Someone else, bob@other.example, liked it.",
								"Ring 030 12345678 for more.", "Ring +49 (0)30 1234567.")));
		mutations.put("slot",
				(sample, random) -> insert(sample, random,
						pick(random, "Hello {{ name }}.", "Your {% if x %} order.", "Dear [[firstName]],",
								"Hi %FIRSTNAME%.", "Hi ${user}.", "Hi null,", "Your undefined is here.",
								"Dear [FIRST NAME],", "Hi *|FNAME|*.", "{{first_name | default: 'x'}} hello.")));
		return mutations;
	}

	private static EmailDraft price(Sample sample, Random random) {
		EmailDraft draft = sample.draft();
		if (draft.items().isEmpty() || random.nextBoolean()) {
			int euros = 200 + random.nextInt(700);
			String amount = draft.locale().startsWith("en") ? "€" + euros + ".49" : euros + ",49\u00a0€";
			return insert(sample, random,
					pick(random, "All for " + amount + ".", "Now " + amount + " only for you.", euros + " Euro."));
		}
		int at = random.nextInt(draft.items().size());
		EmailDraft.DraftItem item = draft.items().get(at);
		String digit = String.valueOf((Character.digit(item.price().replaceAll("\\D", "").charAt(0), 10) + 1) % 9 + 1);
		return item(draft, at, new EmailDraft.DraftItem(item.productId(), item.name(),
				item.price().replaceFirst("\\d", digit), item.quantity(), item.imageUrl(), item.url()));
	}

	private static EmailDraft product(Sample sample, Random random) {
		EmailDraft draft = sample.draft();
		Product unplannedProduct = ShopFixture.PRODUCTS.get(6 + random.nextInt(2));
		if (draft.items().isEmpty() || random.nextBoolean()) {
			return insert(sample, random,
					pick(random, "Have you seen our " + unplannedProduct.name() + "?",
							"You left the " + unplannedProduct.name() + " behind.",
							"Dazu passt: " + unplannedProduct.name() + "."));
		}
		int at = random.nextInt(draft.items().size());
		EmailDraft.DraftItem item = draft.items().get(at);
		return item(draft, at,
				random.nextBoolean()
						? new EmailDraft.DraftItem(unplannedProduct.id(), unplannedProduct.name(), item.price(), 1,
								unplannedProduct.imageUrl(), unplannedProduct.url())
						: new EmailDraft.DraftItem(item.productId(), "Ultra " + item.name(), item.price(),
								item.quantity(), item.imageUrl(), item.url()));
	}

	private static EmailDraft url(Sample sample, Random random) {
		EmailDraft draft = sample.draft();
		String foreign = pick(random, "https://evil.example.com/p/p1", "https://hearth.example.evil.test/",
				"https://hearth.example@evil.test/", "https://hearth.example:8443/p/p1", "javascript:alert(1)",
				"data:text/html,hi", "https://hеarth.example/", "http://evil.test\\@hearth.example/", "//evil.test/x",
				"https://bit.ly/3xyz", "https://hearth.example/no-such-page", "ftp://hearth.example/x");
		if (random.nextBoolean() || foreign.endsWith("no-such-page")) {
			return new EmailDraft(draft.locale(), draft.subject(), draft.preheader(), draft.headline(),
					draft.paragraphs(), draft.items(),
					new EmailDraft.CallToAction(draft.callToAction().label(), foreign), draft.closing());
		}
		return insert(sample, random, pick(random, "See " + foreign + " for more.", "Go to www.evil.com now.",
				"More at evil-shop.net/deal.", "Look: " + foreign));
	}

	private static String date(Sample sample, Random random, boolean wrongWeekday) {
		LocalDate date = wrongWeekday ? TODAY.plusDays(1 + random.nextInt(60))
				: TODAY.minusDays(1 + random.nextInt(120));
		Locale locale = Locale.forLanguageTag(sample.draft().locale());
		String weekday = date.plusDays(wrongWeekday ? 1 + random.nextInt(6) : 0)
			.getDayOfWeek()
			.getDisplayName(java.time.format.TextStyle.FULL, locale);
		String month = date.getMonth().getDisplayName(java.time.format.TextStyle.FULL, locale);
		String written = switch (locale.getLanguage()) {
			case "de" -> weekday + ", " + date.getDayOfMonth() + ". " + month + " " + date.getYear();
			case "fr" -> weekday + " " + date.getDayOfMonth() + " " + month + " " + date.getYear();
			default ->
				random.nextBoolean() ? weekday + ", " + month + " " + date.getDayOfMonth() + ", " + date.getYear()
						: weekday + " " + date.getDayOfMonth() + " " + month + " " + date.getYear();
		};
		return written + ".";
	}

	private static EmailDraft insert(Sample sample, Random random, String sentence) {
		EmailDraft draft = sample.draft();
		List<String> paragraphs = new ArrayList<>(draft.paragraphs());
		int at = random.nextInt(paragraphs.size());
		return switch (random.nextInt(4)) {
			case 0 -> new EmailDraft(draft.locale(), sentence, draft.preheader(), draft.headline(), paragraphs,
					draft.items(), draft.callToAction(), draft.closing());
			case 1 -> new EmailDraft(draft.locale(), draft.subject(), draft.preheader() + ' ' + sentence,
					draft.headline(), paragraphs, draft.items(), draft.callToAction(), draft.closing());
			default -> {
				paragraphs.set(at, paragraphs.get(at) + ' ' + sentence);
				yield new EmailDraft(draft.locale(), draft.subject(), draft.preheader(), draft.headline(), paragraphs,
						draft.items(), draft.callToAction(), draft.closing());
			}
		};
	}

	private static EmailDraft item(EmailDraft draft, int at, EmailDraft.DraftItem item) {
		List<EmailDraft.DraftItem> items = new ArrayList<>(draft.items());
		items.set(at, item);
		return new EmailDraft(draft.locale(), draft.subject(), draft.preheader(), draft.headline(), draft.paragraphs(),
				items, draft.callToAction(), draft.closing());
	}

	private static String pick(Random random, String... choices) {
		return choices[random.nextInt(choices.length)];
	}

	/** Every goal, stage and language with 0 to 6 products: 378 drafts. */
	private static List<Sample> cleanDrafts() {
		RuleBasedWriter writer = new RuleBasedWriter(new DraftScorer());
		List<String> goals = new ArrayList<>(writer.goals());
		goals.add("spring-letter");
		List<Sample> samples = new ArrayList<>();
		for (String goal : goals) {
			for (LifecycleStage stage : LifecycleStage.values()) {
				for (Locale locale : List.of(Locale.UK, Locale.GERMANY, Locale.FRANCE)) {
					for (int products : List.of(0, 1 + samples.size() % 2, 3 + samples.size() % 4)) {
						ContentFacts facts = ShopFixture.facts(products, goal.startsWith("cart"),
								(products > 0) ? "Home & Garden" : null, stage.ordinal() * 2L);
						samples.add(new Sample(writer
							.write(new DraftRequest(goal, stage, "reminder", locale, facts, samples.size() + 1, 1,
									null))
							.draft(), facts));
					}
				}
			}
		}
		return samples;
	}

	private record Sample(EmailDraft draft, ContentFacts facts) {

		InspectionRequest inspection() {
			return with(this.draft);
		}

		InspectionRequest with(EmailDraft other) {
			return new InspectionRequest(other, ShopFixture.BRAND,
					this.facts.lines()
						.stream()
						.map(ContentFacts.ProductLine::product)
						.collect(Collectors.toMap(Product::id, (p) -> p)),
					this.facts.lines()
						.stream()
						.collect(Collectors.toMap((line) -> line.product().id(), ContentFacts.ProductLine::quantity)),
					ShopFixture.names(), PERSON,
					Objects.requireNonNullElse(this.facts.category(), "") + "\n" + this.facts.orderCount(), Map.of(),
					TODAY);
		}

	}

}
