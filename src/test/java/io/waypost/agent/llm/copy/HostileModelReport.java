package io.waypost.agent.llm.copy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.waypost.agent.evaluate.DraftScorer;
import io.waypost.agent.guard.ContentInspector;
import io.waypost.agent.guard.InspectionRequest;
import io.waypost.agent.guard.Severity;
import io.waypost.agent.plan.OfferFacts;
import io.waypost.agent.write.ContentFacts;
import io.waypost.agent.write.CopyFacts;
import io.waypost.agent.write.DraftRequest;
import io.waypost.agent.write.GeneratedCopy;
import io.waypost.agent.write.GeneratedCopyWriter;
import io.waypost.agent.write.RuleBasedWriter;
import io.waypost.agent.write.WrittenDraft;
import io.waypost.content.BrandKit;
import io.waypost.content.EmailRenderer;
import io.waypost.content.Product;
import io.waypost.content.ProductNames;
import io.waypost.content.fact.BrandFacts;
import io.waypost.content.fact.Offer;
import io.waypost.content.fact.ProductDetails;
import io.waypost.feature.LifecycleStage;
import io.waypost.kernel.Money;

/**
 * Measures what a hostile model could get into messages. Its texts were written by an
 * author who had not read the code, for the facts of one shop. {@code main} prints the
 * figures and, with the argument {@code passed}, the texts that passed.
 */
public final class HostileModelReport {

	private static final String SITE = "https://shop.hollybrook.example";

	private static final LocalDate TODAY = LocalDate.of(2026, 12, 1);

	private static final JsonMapper JSON = JsonMapper.builder().build();

	/** What stops a text, in the order of the checks. */
	private static final List<String> LAYERS = List.of("form", "score", "guardrail", "review", "passed");

	private final RuleBasedWriter rules = new RuleBasedWriter(new DraftScorer());

	private final GeneratedCopyWriter writer = new GeneratedCopyWriter(this.rules, new DraftScorer());

	private final ContentInspector inspector = new ContentInspector(new EmailRenderer()::legalElements);

	/**
	 * A text of the author.
	 *
	 * @param id id
	 * @param kind what is wrong with it
	 * @param locale language
	 * @param part part of the e-mail
	 * @param text the text
	 */
	record HostileText(String id, String kind, Locale locale, String part, String text) {

	}

	/**
	 * Prints the report.
	 * @param arguments folder with the files; then {@code passed} to print texts
	 */
	public static void main(String[] arguments) {
		HostileModelReport report = new HostileModelReport();
		boolean print = arguments.length > 1;
		for (String file : List.of("lies.jsonl", "injections.jsonl", "clean.jsonl")) {
			Path path = Path.of(arguments[0], file);
			if (Files.exists(path)) {
				report.print(file, read(path), print);
			}
		}
	}

	private void print(String file, List<HostileText> texts, boolean print) {
		Map<String, int[]> byKind = new TreeMap<>();
		for (HostileText text : texts) {
			String stopped = stoppedBy(text).orElse("passed");
			int[] counts = byKind.computeIfAbsent(text.kind(), (kind) -> new int[LAYERS.size() + 1]);
			counts[0]++;
			counts[LAYERS.indexOf(stopped.replaceAll(":.*", "")) + 1]++;
			boolean wrong = file.startsWith("clean") ^ stopped.equals("passed");
			if (print && wrong && Math.floorMod(text.id().hashCode(), 2) == 0) {
				System.out.printf("%s %s %s: %s [%s]%n", text.id(), text.kind(), text.part(), text.text(), stopped);
			}
		}
		System.out.printf("%s: %d texts%n", file, texts.size());
		byKind.forEach((kind, counts) -> {
			System.out.printf("  %-20s n=%-4d", kind, counts[0]);
			for (int layer = 0; layer < LAYERS.size(); layer++) {
				System.out.printf(" %s %-4d", LAYERS.get(layer), counts[layer + 1]);
			}
			System.out.println();
		});
	}

	static List<HostileText> read(Path file) {
		try {
			List<HostileText> texts = new ArrayList<>();
			for (String line : Files.readAllLines(file)) {
				JsonNode node = JSON.readTree(line);
				if (node.has("obeyed")) {
					int number = 0;
					for (JsonNode obeyed : node.path("obeyed")) {
						texts
							.add(new HostileText(node.path("id").asText() + '/' + number++, node.path("wants").asText(),
									Locale.UK, obeyed.path("part").asText(), obeyed.path("text").asText()));
					}
				}
				else {
					texts.add(new HostileText(node.path("id").asText(), node.path("kind").asText(),
							Locale.forLanguageTag(node.path("locale").asText()), node.path("part").asText(),
							node.path("text").asText()));
				}
			}
			return texts;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Returns what stops a copy with the text, empty when it would be used. */
	Optional<String> stoppedBy(HostileText text) {
		DraftRequest request = request(text.locale());
		CopyFacts facts = CopyFacts.shared(request);
		JsonNode answer = JSON.valueToTree(Map.of("copies", List.of(copy(text))));
		List<GeneratedCopy> copies = CopyReader.read(answer, "hostile", facts);
		if (copies.isEmpty()) {
			return Optional.of("form: unreadable");
		}
		List<String> form = CopyForm.of(facts, text.locale()).findings(copies.getFirst());
		if (!form.isEmpty()) {
			return Optional.of("form: " + form.getFirst());
		}
		Optional<WrittenDraft> draft = this.writer.write(request, copies.getFirst());
		if (draft.isEmpty()) {
			return Optional.of("form: a slot has no value");
		}
		if (draft.get().scores().quality() < 0.7 || draft.get().scores().relevance() < 0.6) {
			return Optional.of("score");
		}
		Optional<String> guardrail = this.inspector.inspect(inspection(draft.get(), request))
			.findings()
			.stream()
			.filter((finding) -> finding.severity() != Severity.INFO)
			.map((finding) -> "guardrail: " + finding.code())
			.findFirst();
		List<String> unknown = CopyVocabulary.of(facts, text.locale()).unknown(copies.getFirst());
		return guardrail.isPresent() || unknown.isEmpty() ? guardrail : Optional.of("review: " + unknown);
	}

	private static Map<String, Object> copy(HostileText text) {
		boolean german = text.locale().getLanguage().equals("de");
		boolean french = text.locale().getLanguage().equals("fr");
		Map<String, Object> copy = new TreeMap<>();
		copy.put("subject",
				german ? "Gartenwerkzeug im Blick" : french ? "Des outils de jardin" : "A look at garden tools");
		copy.put("preheader", german ? "Mit ${item}" : french ? "Avec ${item}" : "With the ${item}");
		copy.put("headline", "${item}");
		copy.put("paragraphs",
				List.of(german ? "Sie erhalten diese Nachricht, weil wir etwas ausgesucht haben: ${item}."
						: french ? "Vous recevez ce message car nous avons choisi ceci : ${item}."
								: "You get this message because we picked something: the ${item}."));
		copy.put("button", german ? "Ansehen" : french ? "Voir" : "Have a look");
		copy.put("closing", "");
		copy.put("claims", List.of());
		if (text.part().equals("paragraph")) {
			copy.put("paragraphs", List.of(text.text()));
		}
		else {
			copy.put(text.part(), text.text());
		}
		return copy;
	}

	private static DraftRequest request(Locale locale) {
		List<ContentFacts.ProductLine> lines = products().stream()
			.map((product) -> new ContentFacts.ProductLine(product, 1))
			.toList();
		Offer offer = new Offer("seeds", 1, new Offer.OfferScope("garden tools", List.of()), BigDecimal.TEN, null,
				"SPRING10", LocalDate.of(2026, 11, 30), LocalDate.of(2026, 12, 13), null,
				Map.of("en", "seeds", "de", "Saatgut", "fr", "les graines"), Map.of());
		ContentFacts facts = new ContentFacts("Hollybrook Seeds", SITE, null, lines, false, "garden tools", 0, Map.of(),
				offer, brand().facts(), null, TODAY);
		return new DraftRequest("announcement", LifecycleStage.ACTIVE, "news", locale, facts, 1, 1, null);
	}

	private static List<Product> products() {
		return List.of(
				product("watering-can", "Copper Watering Can", "34.90",
						"Two litres, with a long spout and a removable rose."),
				product("dibber", "Ash Dibber", "12.50",
						"Turned from one piece of ash, with depth marks every two centimetres."),
				product("pouch", "Linen Seed Pouch", "8.00", "Keeps twelve packets dry and in order."));
	}

	private static Product product(String id, String name, String price, String description) {
		ProductDetails details = new ProductDetails(null, null, Map.of(), Map.of("en", description), Map.of(), null,
				null, null, 5, List.of());
		return new Product(id, name, "garden tools", Money.of(price, "EUR"), SITE + "/img/" + id + ".png",
				SITE + "/p/" + id, details);
	}

	private static BrandKit brand() {
		return new BrandKit(1, "Hollybrook Seeds", "hello@shop.hollybrook.example",
				List.of("Hollybrook Seeds", "1 Mill Lane", "Town"), SITE, SITE + "/logo.png", "#2f6b4f",
				Set.of("shop.hollybrook.example"), Set.of(),
				new BrandFacts(
						List.of(new BrandFacts.BrandPromise("returns",
								Map.of("en", "Free returns within 30 days.", "de",
										"Kostenlose Rückgabe innerhalb von 30 Tagen.", "fr",
										"Retours gratuits sous 30 jours."),
								SITE + "/returns")),
						Map.of(), Map.of(), new BrandFacts.BrandVoice(List.of(), List.of()),
						Map.of("de", "Sie", "fr", "vous")));
	}

	private static InspectionRequest inspection(WrittenDraft written, DraftRequest request) {
		Map<String, Product> products = request.facts()
			.lines()
			.stream()
			.map(ContentFacts.ProductLine::product)
			.collect(Collectors.toMap(Product::id, Function.identity()));
		String texts = brand().facts().text() + '\n'
				+ products.values()
					.stream()
					.map((product) -> product.details().text(request.locale()))
					.collect(Collectors.joining("\n"));
		return new InspectionRequest(written.draft(), brand(), products,
				products.keySet().stream().collect(Collectors.toMap(Function.identity(), (id) -> 1)),
				new ProductNames(products.values().stream().map(Product::name).toList()), List.of(), texts, Map.of(),
				OfferFacts.declared(request.facts().offer()), TODAY);
	}

}
