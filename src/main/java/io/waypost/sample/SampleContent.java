package io.waypost.sample;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.waypost.content.BrandKit;
import io.waypost.content.BrandKitRepository;
import io.waypost.content.CatalogueItem;
import io.waypost.content.fact.BrandFacts;
import io.waypost.content.fact.CategoryRepository;
import io.waypost.content.fact.Offer;
import io.waypost.content.fact.OfferRepository;
import io.waypost.content.Product;
import io.waypost.content.ProductCatalogue;
import io.waypost.content.Template;
import io.waypost.content.TemplateRepository;
import io.waypost.kernel.Money;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Loads products, brand kit and templates of the sample shop. */
@Component
@ConditionalOnSample
class SampleContent {

	/** Actor of the sample data in the ledger. */
	static final String ACTOR = "system:sample";

	private static final String HOST = "fernweh-and-field.example";

	private final ProductCatalogue catalogue;

	private final BrandKitRepository brands;

	private final TemplateRepository templates;

	private final CategoryRepository categories;

	private final OfferRepository offers;

	SampleContent(ProductCatalogue catalogue, CategoryRepository categories, OfferRepository offers,
			BrandKitRepository brands, TemplateRepository templates) {
		this.catalogue = catalogue;
		this.categories = categories;
		this.offers = offers;
		this.brands = brands;
		this.templates = templates;
	}

	/**
	 * Loads everything in the caller's transaction. The text of templates without copy is
	 * written by the executor, in the language of the recipient.
	 */
	void load(TenantId tenant, SampleCatalogue catalogue, TrackingMessages messages, String baseUrl) {
		this.catalogue.save(tenant, ACTOR, items(catalogue, messages));
		this.categories.save(tenant, ACTOR, catalogue.categoryNames());
		BrandKit brand = this.brands.add(tenant, ACTOR, brand(baseUrl));
		this.brands.approve(tenant, ACTOR, brand.version());
		read().templates().forEach((template) -> add(tenant, template));
		addOffer(tenant);
	}

	/** An offer for trying out a promotion: it is approved and has no end. */
	private void addOffer(TenantId tenant) {
		Offer offer = this.offers
			.add(tenant, ACTOR, new Offer("seeds-20", 0, new Offer.OfferScope("Seeds & plants", List.of()),
					BigDecimal.valueOf(20), null, "SEEDS20", null, null, null,
					Map.of("en", "seeds and plants", "de", "Samen und Pflanzen", "fr", "les graines et les plantes"),
					Map.of("en", "Not for gift cards.", "de", "Gilt nicht für Gutscheine.", "fr",
							"Hors cartes cadeaux.")))
			.offer();
		this.offers.approve(tenant, "system:sample-approval", offer.key(), offer.version());
	}

	/** Adds templates that an older release did not have, in the caller's transaction. */
	void addMissing(TenantId tenant) {
		read().templates()
			.stream()
			.filter((template) -> this.templates.find(tenant, template.key(), template.locale()).isEmpty())
			.forEach((template) -> add(tenant, template));
	}

	private void add(TenantId tenant, Text template) {
		Template added = this.templates.add(tenant, ACTOR, template.template());
		if (template.approved()) {
			this.templates.approve(tenant, ACTOR, added.key(), added.version());
		}
	}

	/** Popularity falls with the price. */
	private static List<CatalogueItem> items(SampleCatalogue catalogue, TrackingMessages messages) {
		List<CatalogueItem> items = new ArrayList<>();
		for (SampleCatalogue.SampleProduct product : catalogue.all()) {
			Product item = new Product(product.id(), product.name(), product.category(),
					Money.of(product.price().toPlainString(), "EUR"), messages.picture(product),
					TrackingMessages.page(product), product.details());
			items.add(new CatalogueItem(item, Math.max(1, 1_000 - product.price().intValue())));
		}
		return items;
	}

	private static BrandKit brand(String baseUrl) {
		return new BrandKit(0, "Fernweh & Field", "hello@" + HOST,
				List.of("Fernweh & Field GmbH", "Am Alten Gärtnerhof 7", "79098 Freiburg", "Germany"),
				TrackingMessages.SHOP, baseUrl + "/assets/sample/logo.png", "#2f6b4f", Set.of(HOST),
				Set.of("cheap", "last chance", "act now", "guaranteed", "no risk", "winner"), facts());
	}

	private static BrandFacts facts() {
		return new BrandFacts(List.of(new BrandFacts.BrandPromise("repair",
				Map.of("en", "We repair what you bought from us.", "de", "Wir reparieren, was du bei uns gekauft hast.",
						"fr", "Nous réparons ce que vous avez acheté chez nous."),
				TrackingMessages.SHOP + "/repairs")),
				Map.of("en", "Orders leave our store within two working days.", "de",
						"Bestellungen verlassen unser Lager innerhalb von zwei Werktagen.", "fr",
						"Les commandes quittent notre entrepôt sous deux jours ouvrés."),
				Map.of("en", "You can send items back within 30 days.", "de",
						"Du kannst Artikel innerhalb von 30 Tagen zurückschicken.", "fr",
						"Vous pouvez renvoyer les articles sous 30 jours."),
				new BrandFacts.BrandVoice(List.of("outdoors", "by hand"), List.of("awesome", "amazing")),
				Map.of("de", "du", "fr", "vous"));
	}

	private static Texts read() {
		try (InputStream in = SampleResource.open("templates.json")) {
			return JsonMapper.builder().build().readValue(in, Texts.class);
		}
		catch (IOException ex) {
			throw new IllegalStateException("The sample templates cannot be read", ex);
		}
	}

	private record Texts(List<Text> templates) {

	}

	private record Text(String key, String locale, String topic, @Nullable String subject, @Nullable String preheader,
			@Nullable String headline, @Nullable String body, @Nullable String callToAction, boolean approved) {

		Template template() {
			return new Template(this.key, 0, this.topic, this.locale, this.subject, this.preheader, this.headline,
					this.body, this.callToAction, false);
		}

	}

}
