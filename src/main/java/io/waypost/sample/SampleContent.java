package io.waypost.sample;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.waypost.content.BrandKit;
import io.waypost.content.BrandKitRepository;
import io.waypost.content.CatalogueItem;
import io.waypost.content.Product;
import io.waypost.content.ProductCatalogue;
import io.waypost.content.Template;
import io.waypost.content.TemplateRepository;
import io.waypost.kernel.Money;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Fills the made-up shop's shelves: products, brand, templates. */
@Component
@ConditionalOnSample
class SampleContent {

	/** Signs what the sample puts in, on the ledger. */
	static final String ACTOR = "system:sample";

	private static final String HOST = "fernweh-and-field.example";

	private final ProductCatalogue catalogue;

	private final BrandKitRepository brands;

	private final TemplateRepository templates;

	SampleContent(ProductCatalogue catalogue, BrandKitRepository brands, TemplateRepository templates) {
		this.catalogue = catalogue;
		this.brands = brands;
		this.templates = templates;
	}

	/**
	 * Fills everything; within one transaction of the caller. Templates without texts
	 * leave the words to the executor, in the language of the recipient.
	 */
	void fill(TenantId tenant, SampleCatalogue assortment, TrackingMessages messages, String baseUrl) {
		this.catalogue.save(tenant, items(assortment, messages));
		BrandKit brand = this.brands.add(tenant, ACTOR, brand(baseUrl));
		this.brands.approve(tenant, ACTOR, brand.version());
		read().templates().forEach((text) -> add(tenant, text));
	}

	/** What an older release did not know yet; within one transaction of the caller. */
	void addMissing(TenantId tenant) {
		read().templates()
			.stream()
			.filter((text) -> this.templates.find(tenant, text.key(), text.locale()).isEmpty())
			.forEach((text) -> add(tenant, text));
	}

	private void add(TenantId tenant, Text text) {
		Template added = this.templates.add(tenant, ACTOR, text.template());
		if (text.approved()) {
			this.templates.approve(tenant, ACTOR, added.key(), added.version());
		}
	}

	/** Dearer things sell less often; otherwise the order of the assortment stands. */
	private static List<CatalogueItem> items(SampleCatalogue assortment, TrackingMessages messages) {
		List<CatalogueItem> items = new ArrayList<>();
		for (SampleCatalogue.SampleProduct goods : assortment.all()) {
			Product product = new Product(goods.id(), goods.name(), goods.category(),
					Money.of(goods.price().toPlainString(), "EUR"), messages.picture(goods),
					TrackingMessages.page(goods));
			items.add(new CatalogueItem(product, Math.max(1, 1_000 - goods.price().intValue())));
		}
		return items;
	}

	private static BrandKit brand(String baseUrl) {
		return new BrandKit(0, "Fernweh & Field", "hello@" + HOST,
				List.of("Fernweh & Field GmbH", "Am Alten Gärtnerhof 7", "79098 Freiburg", "Germany"),
				TrackingMessages.SHOP, baseUrl + "/assets/sample/logo.png", "#2f6b4f", Set.of(HOST),
				Set.of("cheap", "last chance", "act now", "guaranteed", "no risk", "winner"));
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
