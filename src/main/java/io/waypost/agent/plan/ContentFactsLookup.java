package io.waypost.agent.plan;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import io.waypost.agent.ExplanationSections;
import io.waypost.agent.Message;
import io.waypost.agent.guard.LinkPolicy;
import io.waypost.agent.write.ContentFacts;
import io.waypost.agent.write.WrittenDraft;
import io.waypost.content.BrandKit;
import io.waypost.content.BrandKitRepository;
import io.waypost.content.Product;
import io.waypost.content.ProductCatalogue;
import io.waypost.content.Template;
import io.waypost.content.TemplateRepository;
import io.waypost.content.fact.CategoryNames;
import io.waypost.content.fact.CategoryRepository;
import io.waypost.content.fact.Offer;
import io.waypost.content.fact.OfferRepository;
import io.waypost.delivery.RecentSends;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Reads the facts of a batch of messages with one statement per kind of fact. */
@Component
public class ContentFactsLookup {

	/** Within this time a recipient gets outlines that are different from each other. */
	private static final Duration RECENT = Duration.ofDays(30);

	private final BrandKitRepository brands;

	private final ProductCatalogue catalogue;

	private final CategoryRepository categories;

	private final OfferRepository offers;

	private final TemplateRepository templates;

	private final RecentSends sends;

	private final Clock clock;

	public ContentFactsLookup(BrandKitRepository brands, ProductCatalogue catalogue, CategoryRepository categories,
			OfferRepository offers, TemplateRepository templates, RecentSends sends, Clock clock) {
		this.brands = brands;
		this.catalogue = catalogue;
		this.categories = categories;
		this.offers = offers;
		this.templates = templates;
		this.sends = sends;
		this.clock = clock;
	}

	/**
	 * Reads the facts of messages.
	 * @param tenant the tenant
	 * @param messages planned messages
	 * @return the facts of each message
	 */
	public BatchFacts find(TenantId tenant, Collection<Message> messages) {
		Map<UUID, PlanSection> plans = new LinkedHashMap<>();
		Set<String> ids = new LinkedHashSet<>();
		for (Message message : messages) {
			PlanSection plan = PlanSection.of(message);
			if (plan != null) {
				plans.put(message.target().id(), plan);
				ids.addAll(plan.plan().productIds());
			}
		}
		return new BatchFacts(tenant, this.brands.require(tenant), this.catalogue.find(tenant, ids),
				this.categories.names(tenant), plans, messages);
	}

	/** The facts of a batch. */
	public final class BatchFacts {

		private final TenantId tenant;

		private final BrandKit brand;

		private final Map<String, Product> products;

		private final CategoryNames categories;

		private final Map<UUID, PlanSection> plans;

		private final Map<String, Optional<Template>> found = new HashMap<>();

		private final Collection<Message> messages;

		private @Nullable Map<ProfileId, Set<String>> recent;

		private BatchFacts(TenantId tenant, BrandKit brand, Map<String, Product> products, CategoryNames categories,
				Map<UUID, PlanSection> plans, Collection<Message> messages) {
			this.messages = messages;
			this.tenant = tenant;
			this.brand = brand;
			this.products = products;
			this.categories = categories;
			this.plans = plans;
		}

		public TenantId tenant() {
			return this.tenant;
		}

		public BrandKit brand() {
			return this.brand;
		}

		public PlanSection plan(Message message) {
			PlanSection plan = this.plans.get(message.target().id());
			if (plan == null) {
				throw new IllegalStateException("Message %s has no plan yet".formatted(message.target().id()));
			}
			return plan;
		}

		/**
		 * Returns the facts of a message in its language, without products that left the
		 * catalogue.
		 */
		public ContentFacts facts(Message message) {
			PlanSection plan = plan(message);
			Locale locale = Locale.forLanguageTag(plan.plan().locale());
			List<ContentFacts.ProductLine> lines = plan.plan()
				.productIds()
				.stream()
				.map(this.products::get)
				.filter(Objects::nonNull)
				.map((product) -> new ContentFacts.ProductLine(product.in(locale, this.categories),
						plan.quantities().getOrDefault(product.id(), 1)))
				.toList();
			return new ContentFacts(this.brand.senderName(), this.brand.siteUrl(),
					plan.inCart() ? cartUrl(message) : null, lines, plan.inCart(),
					category(plan.plan().category(), locale), plan.orderCount(), message.properties(),
					offer(plan, locale), this.brand.facts(), reason(message, lines),
					LocalDate.now(ContentFactsLookup.this.clock));
		}

		/** Returns why the first product is recommended, null when it is unknown. */
		private static @Nullable String reason(Message message, List<ContentFacts.ProductLine> lines) {
			Object recommendations = ExplanationSections.read(message, PlanSection.NAME).get("recommendations");
			if (lines.isEmpty() || !(recommendations instanceof List<?> list) || list.isEmpty()
					|| !(list.getFirst() instanceof Map<?, ?> first)
					|| !lines.getFirst().product().id().equals(first.get("product"))) {
				return null;
			}
			return (first.get("reason") instanceof String reason) ? reason : null;
		}

		/**
		 * Returns the name of a category. Where names are declared, a language without a
		 * name does not mention the category.
		 */
		private @Nullable String category(String category, Locale locale) {
			boolean unnamed = this.categories.names().containsKey(category) && !this.categories.has(category, locale);
			return (category.isEmpty() || unnamed) ? null : this.categories.in(category, locale);
		}

		private @Nullable Offer offer(PlanSection plan, Locale locale) {
			return (plan.offer() == null) ? null
					: ContentFactsLookup.this.offers.find(this.tenant, plan.offer())
						.map((offer) -> OfferFacts.named(offer, locale, this.categories, this.products))
						.orElse(null);
		}

		private @Nullable String cartUrl(Message message) {
			return (message.properties().get(ContentFacts.CART_URL) instanceof String url
					&& LinkPolicy.isAllowed(url, this.brand)) ? url : null;
		}

		/**
		 * Returns the outlines that the recipient of a message got within 30 days. Read
		 * for the whole batch at the first call.
		 */
		public Set<String> recentOutlines(Message message) {
			if (this.recent == null) {
				List<ProfileId> profiles = this.messages.stream()
					.flatMap((one) -> one.target().recipient().stream())
					.distinct()
					.toList();
				this.recent = profiles.isEmpty() ? Map.of() : ContentFactsLookup.this.sends.fragments(this.tenant,
						profiles, ContentFactsLookup.this.clock.instant().minus(RECENT));
			}
			Set<String> fragments = message.target().recipient().map(this.recent::get).orElse(Set.of());
			return fragments.stream()
				.filter((fragment) -> fragment.startsWith(WrittenDraft.OUTLINE))
				.map((fragment) -> fragment.substring(WrittenDraft.OUTLINE.length()))
				.collect(Collectors.toSet());
		}

		public Optional<Template> template(Message message) {
			String locale = plan(message).plan().locale();
			String templateKey = message.target().template();
			return this.found.computeIfAbsent(templateKey + ' ' + locale,
					(key) -> ContentFactsLookup.this.templates.find(this.tenant, templateKey, locale));
		}

	}

}
