package io.waypost.agent;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import io.waypost.agent.guard.Links;
import io.waypost.agent.writer.Facts;
import io.waypost.content.BrandKit;
import io.waypost.content.BrandKits;
import io.waypost.content.Catalogue;
import io.waypost.content.Product;
import io.waypost.content.Template;
import io.waypost.content.Templates;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Looks up what the words of a batch may rest on, with one statement for each kind. */
@Component
class FactFinder {

	private final BrandKits brands;

	private final Catalogue catalogue;

	private final Templates templates;

	FactFinder(BrandKits brands, Catalogue catalogue, Templates templates) {
		this.brands = brands;
		this.catalogue = catalogue;
		this.templates = templates;
	}

	/**
	 * Finds the facts of a batch.
	 * @param tenant whose
	 * @param messages planned messages
	 * @return facts for each of them
	 */
	Findings find(TenantId tenant, Collection<Message> messages) {
		Map<UUID, PlanSection> plans = new LinkedHashMap<>();
		Set<String> ids = new LinkedHashSet<>();
		for (Message message : messages) {
			PlanSection plan = PlanSection.of(message);
			if (plan != null) {
				plans.put(message.intent().id(), plan);
				ids.addAll(plan.plan().productIds());
			}
		}
		return new Findings(tenant, this.brands.require(tenant), this.catalogue.find(tenant, ids), plans);
	}

	/** What was found for a batch. */
	final class Findings {

		private final TenantId tenant;

		private final BrandKit brand;

		private final Map<String, Product> products;

		private final Map<UUID, PlanSection> plans;

		private final Map<String, Optional<Template>> found = new HashMap<>();

		private Findings(TenantId tenant, BrandKit brand, Map<String, Product> products, Map<UUID, PlanSection> plans) {
			this.tenant = tenant;
			this.brand = brand;
			this.products = products;
			this.plans = plans;
		}

		BrandKit brand() {
			return this.brand;
		}

		PlanSection plan(Message message) {
			PlanSection plan = this.plans.get(message.intent().id());
			if (plan == null) {
				throw new IllegalStateException("Message %s has no plan yet".formatted(message.intent().id()));
			}
			return plan;
		}

		/** A product that has left the catalogue since the plan was made is no fact. */
		Facts facts(Message message) {
			PlanSection plan = plan(message);
			List<Facts.Line> lines = plan.plan()
				.productIds()
				.stream()
				.map(this.products::get)
				.filter(Objects::nonNull)
				.map((product) -> new Facts.Line(product, plan.quantities().getOrDefault(product.id(), 1)))
				.toList();
			String category = plan.plan().category();
			return new Facts(this.brand.senderName(), this.brand.siteUrl(), plan.inCart() ? cartUrl(message) : null,
					lines, plan.inCart(), category.isEmpty() ? null : category, plan.orderCount(),
					message.properties());
		}

		private @Nullable String cartUrl(Message message) {
			return (message.properties().get(Facts.CART_URL) instanceof String url && Links.isAllowed(url, this.brand))
					? url : null;
		}

		Optional<Template> template(Message message) {
			String locale = plan(message).plan().locale();
			String wanted = message.intent().template();
			return this.found.computeIfAbsent(wanted + ' ' + locale,
					(key) -> FactFinder.this.templates.find(this.tenant, wanted, locale));
		}

	}

}
