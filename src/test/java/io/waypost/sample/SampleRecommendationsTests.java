package io.waypost.sample;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.agent.MessageTarget;
import io.waypost.agent.plan.ProductSelection;
import io.waypost.agent.plan.SelectedProducts;
import io.waypost.content.Product;
import io.waypost.delivery.Send;
import io.waypost.delivery.SendRequest;
import io.waypost.delivery.SendStatus;
import io.waypost.feature.EngagedHours;
import io.waypost.feature.Features;
import io.waypost.feature.LifecycleStage;
import io.waypost.ingestion.ProductActivity.ProductAction;
import io.waypost.ingestion.ProductActivity.ProductEvent;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.Money;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Variety of the products that 130 shoppers of the sample shop are shown. */
class SampleRecommendationsTests {

	private static final int MAILS = 130;

	private static final int SHOWN = 4;

	private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");

	private static final Map<String, ProductAction> ACTIONS = Map.of("Product Viewed", ProductAction.VIEWED,
			"Product Added", ProductAction.ADDED, "Order Completed", ProductAction.BOUGHT);

	private final SampleCatalogue catalogue = new SampleCatalogue();

	private final ShopperGenerator generator = new ShopperGenerator(this.catalogue.categories(), NOW);

	private final ShopperHistory history = new ShopperHistory(this.catalogue,
			new TrackingMessages("http://127.0.0.1", "marketing"));

	private final Map<String, Product> products = new LinkedHashMap<>();

	@Test
	void showsManyProductSets() {
		for (SampleCatalogue.SampleProduct product : this.catalogue.all()) {
			this.products.put(product.id(),
					new Product(product.id(), product.name(), product.category(),
							Money.of(product.price().toPlainString(), "EUR"), null, TrackingMessages.page(product),
							product.details()));
		}
		Map<ProfileId, List<ProductEvent>> events = new HashMap<>();
		for (int number = 1; number <= MAILS; number++) {
			events.put(profile(number), events(number));
		}
		ProductSelection selection = new ProductSelection(this.products, popular(), best(null), List.of(), Map.of(),
				Map.of(), events, Map.of(), SHOWN, NOW);
		Set<List<String>> sets = new HashSet<>();
		for (int number = 1; number <= MAILS; number++) {
			SelectedProducts selected = SelectedProducts.of(selection, message(number), features(number, events));
			List<String> ids = selected.quantities().keySet().stream().sorted().toList();
			assertThat(ids).hasSize(SHOWN)
				.allSatisfy((id) -> assertThat(this.products.get(id).details().stock()).isPositive())
				.noneMatch(justBought(events.get(profile(number)))::contains);
			assertThat(selected.reasons()).hasSize(SHOWN)
				.allSatisfy((reason) -> assertThat(reason).containsKeys("product", "reason", "score"));
			assertThat(ids.stream().map((id) -> this.products.get(id).details().kind())).doesNotHaveDuplicates();
			sets.add(ids);
		}
		System.out.printf("%d product sets in %d mails%n", sets.size(), MAILS);
		assertThat(sets).hasSizeGreaterThanOrEqualTo(40);
	}

	private static List<String> justBought(List<ProductEvent> events) {
		return events.stream()
			.filter((event) -> event.action() == ProductAction.BOUGHT
					&& event.at().isAfter(NOW.minusSeconds(60 * 86_400L)))
			.map(ProductEvent::productId)
			.toList();
	}

	private List<ProductEvent> events(int number) {
		List<ProductEvent> events = new ArrayList<>();
		for (ObjectNode message : this.history.of(this.generator.shopper(number))) {
			ProductAction action = ACTIONS.get(message.path("event").asText());
			Instant at = Instant.parse(message.get("timestamp").textValue());
			if (action == ProductAction.BOUGHT) {
				for (JsonNode product : message.at("/properties/products")) {
					events.add(new ProductEvent(product.path("product_id").asText(), action, at));
				}
			}
			else if (action != null) {
				events.add(new ProductEvent(message.at("/properties/product_id").asText(), action, at));
			}
		}
		events.sort(Comparator.comparing(ProductEvent::at).reversed());
		return events.subList(0, Math.min(60, events.size()));
	}

	private Map<String, List<Product>> popular() {
		Map<String, List<Product>> popular = new HashMap<>();
		this.catalogue.categories().forEach((category) -> popular.put(category, best(category)));
		return popular;
	}

	private List<Product> best(String category) {
		return this.products.values()
			.stream()
			.filter((product) -> category == null || product.category().equals(category))
			.filter((product) -> product.details().stock() > 0)
			.sorted(Comparator.comparing((Product product) -> product.price().amount()))
			.limit(12)
			.toList();
	}

	private Features features(int number, Map<ProfileId, List<ProductEvent>> events) {
		Map<String, Double> affinity = new LinkedHashMap<>();
		events.get(profile(number))
			.stream()
			.findFirst()
			.map((event) -> this.products.get(event.productId()).category())
			.ifPresent((category) -> affinity.put(category, 0.5));
		return new Features(profile(number), NOW, NOW, LifecycleStage.ACTIVE, 50, 1, affinity, List.of(), null, null,
				EngagedHours.NONE, List.of());
	}

	private static MessageTarget.ForRecipient message(int number) {
		UUID id = UUID.nameUUIDFromBytes(("send " + number).getBytes(StandardCharsets.UTF_8));
		return new MessageTarget.ForRecipient(
				new Send(new SendId(id), profile(number), new JourneyRunId(id), SendRequest.TEST, "message",
						"re-engagement", "marketing", SendStatus.PLANNED, null, null, null, NOW, null));
	}

	private static ProfileId profile(int number) {
		return new ProfileId(new UUID(1, number));
	}

}
