package io.waypost.agent.plan;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.waypost.agent.AgentSettings;
import io.waypost.agent.Message;
import io.waypost.agent.MessageTarget;
import io.waypost.agent.Recipients;
import io.waypost.agent.archetype.ArchetypeClassifier;
import io.waypost.agent.write.ToneRules;
import io.waypost.content.fact.Offer;
import io.waypost.content.fact.OfferRepository;
import io.waypost.content.Product;
import io.waypost.content.ProductCatalogue;
import io.waypost.feature.CartItem;
import io.waypost.feature.Features;
import io.waypost.ingestion.ProductActivity;
import io.waypost.ingestion.ProductActivity.ProductEvent;
import io.waypost.ingestion.ProductActivity.RelatedProduct;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/**
 * Reads the data for selecting products of a batch of messages. The number of statements
 * does not depend on the number of messages.
 */
@Component
public class Recommender {

	/** Products of a category, or of the shop, from which a message is filled up. */
	static final int POOL = 12;

	private final ProductCatalogue catalogue;

	private final ProductActivity activity;

	private final OfferRepository offers;

	private final AgentSettings settings;

	private final Clock clock;

	Recommender(ProductCatalogue catalogue, ProductActivity activity, OfferRepository offers, AgentSettings settings,
			Clock clock) {
		this.catalogue = catalogue;
		this.activity = activity;
		this.offers = offers;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Reads what the products of messages are selected from.
	 * @param tenant the tenant
	 * @param messages messages without a plan
	 * @param recipients their recipients
	 * @return the selection
	 */
	public ProductSelection select(TenantId tenant, List<Message> messages, Recipients recipients) {
		Set<String> ids = new LinkedHashSet<>();
		Set<String> categories = new LinkedHashSet<>();
		Map<String, Offer> announced = offers(tenant, messages);
		announced.values().forEach((offer) -> {
			ids.addAll(offer.scope().productIds());
			add(Objects.requireNonNullElse(offer.scope().category(), ""), categories);
		});
		Set<ProfileId> profiles = new LinkedHashSet<>();
		for (Message message : messages) {
			switch (message.target()) {
				case MessageTarget.ForArchetype shared -> add(shared.category(), categories);
				case MessageTarget.ForRecipient personal -> recipients.features(message)
					.ifPresent((features) -> collect(personal, features, ids, categories, profiles));
			}
		}
		Map<ProfileId, List<ProductEvent>> events = this.activity.recent(tenant, profiles);
		Set<String> seen = new LinkedHashSet<>();
		events.values().forEach((list) -> list.forEach((event) -> seen.add(event.productId())));
		Map<String, List<RelatedProduct>> related = this.activity.boughtTogether(tenant, seen);
		ids.addAll(seen);
		related.values().forEach((list) -> list.forEach((other) -> ids.add(other.productId())));
		return new ProductSelection(this.catalogue.find(tenant, ids),
				this.catalogue.bestSellers(tenant, categories, POOL), this.catalogue.topSellers(tenant, POOL),
				this.catalogue.newest(tenant, POOL), this.activity.buyers(tenant), announced, events, related,
				this.settings.products(), this.clock.instant());
	}

	private Map<String, Offer> offers(TenantId tenant, List<Message> messages) {
		Map<String, Offer> announced = new LinkedHashMap<>();
		for (Message message : messages) {
			if (message.target() instanceof MessageTarget.ForArchetype shared && shared.brief().offer() != null) {
				String reference = shared.brief().offer();
				this.offers.find(tenant, reference).ifPresent((offer) -> announced.put(reference, offer));
			}
		}
		return announced;
	}

	private static void collect(MessageTarget.ForRecipient message, Features features, Set<String> ids,
			Set<String> categories, Set<ProfileId> profiles) {
		if (ToneRules.isCartGoal(message.goal())) {
			features.cart().stream().map(CartItem::productId).forEach(ids::add);
			return;
		}
		profiles.add(message.send().profile());
		add(ArchetypeClassifier.topCategory(features), categories);
	}

	private static void add(String category, Set<String> categories) {
		if (!category.isEmpty()) {
			categories.add(category);
		}
	}

	/** Returns the products that may be shown: those in stock. */
	static List<Product> inStock(List<Product> products) {
		List<Product> available = new ArrayList<>(products);
		available.removeIf((product) -> !isInStock(product));
		return available;
	}

	static boolean isInStock(Product product) {
		Integer stock = product.details().stock();
		return stock == null || stock > 0;
	}

}
