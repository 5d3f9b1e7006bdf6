package io.waypost.content;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.content.fact.CategoryNames;
import io.waypost.content.fact.CategoryRepository;
import io.waypost.testing.PublicApi;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Facts of products: import, versions, names by language, sale prices. */
@WaypostTest
class CatalogueFactsIntegrationTests {

	private final String mark = UUID.randomUUID().toString().substring(0, 8);

	private final String id = "spade-" + this.mark;

	private final String category = "Tools " + this.mark;

	@Autowired
	private ProductCatalogue catalogue;

	@Autowired
	private CategoryRepository categories;

	private PublicApi api;

	@BeforeEach
	void connect(@LocalServerPort int port) {
		this.api = PublicApi.on(port);
	}

	@Test
	void importsCsvAndReportsTheOtherRows() {
		String csv = """
				id,name,category,price,currency,url,kind,brand,names.de,descriptions.en,attributes.material.en,stock,rating,reviews,salePrice,images
				%1$s,Spade,%2$s,59.95,EUR,https://shop.example/spade,spade,Tarn,Spaten,"Forged, with a step.",steel,7,4.5,12,49.95,https://shop.example/a.png https://shop.example/b.png
				bad-%1$s,Rake,%2$s,expensive,EUR,https://shop.example/rake,rake,,,,,,,,,
				low-%1$s,Hoe,%2$s,10,EUR,https://shop.example/hoe,,,,,,-3,,,12,
				"""
			.formatted(this.id, this.category);
		JsonNode report = this.api.post("/api/v1/catalog/imports", csv, "Content-Type", "text/csv").expect(200).json();
		assertThat(report.path("saved").asInt()).isEqualTo(1);
		assertThat(report.path("refused").asInt()).isEqualTo(2);
		assertThat(report.at("/errors/0/row").asInt()).isEqualTo(2);
		assertThat(report.at("/errors/0/id").asText()).isEqualTo("bad-" + this.id);
		assertThat(report.at("/errors/1/errors").toString()).contains("/stock", "/salePrice", "below the list price");
		Product product = this.catalogue.find(TestTenant.ID, List.of(this.id)).get(this.id);
		assertThat(product.price().amount()).as("today's price").isEqualByComparingTo("49.95");
		assertThat(product.details().kind()).isEqualTo("spade");
		assertThat(product.details().attributes().get("material")).containsEntry("en", "steel");
		assertThat(product.details().images()).hasSize(2);
		assertThat(product.in(Locale.GERMANY, CategoryNames.NONE).name()).isEqualTo("Spaten");
	}

	@Test
	void keepsVersions() {
		item("59.95");
		item("59.95");
		item("54.95");
		JsonNode versions = this.api.read("/api/v1/catalog/items/" + this.id + "/versions").path("items");
		assertThat(versions).as("an unchanged item has no new version").hasSize(2);
		assertThat(versions.at("/0/item/price").decimalValue()).isEqualByComparingTo("54.95");
		assertThat(versions.at("/1/item/price").decimalValue()).isEqualByComparingTo("59.95");
		assertThat(versions.at("/0/createdBy").asText()).isNotEmpty();
	}

	@Test
	void namesCategoriesInEachLanguage() {
		item("59.95");
		this.api.post("/api/v1/catalog/categories", """
				{"name":"%s","names":{"de":"Werkzeug","fr":"Outils"}}""".formatted(this.category)).expect(201);
		assertThat(this.categories.names(TestTenant.ID).in(this.category, Locale.GERMANY)).isEqualTo("Werkzeug");
		assertThat(this.api.read("/api/v1/catalog/categories").toString()).contains(this.category, "Outils");
		this.api.post("/api/v1/catalog/categories", """
				{"name":"%sx","names":{"de":"Werkzeug"}}""".formatted(this.category))
			.expect(400)
			.says("did you mean '" + this.category + "'?");
	}

	@Test
	void recommendsOnlyWhatIsInStock() {
		item("59.95");
		assertThat(this.catalogue.bestSellers(TestTenant.ID, this.category, 4)).hasSize(1);
		this.api
			.post("/api/v1/catalog/items",
					"""
							{"id":"%s","name":"Spade","category":"%s","price":59,"currency":"EUR","url":"https://shop.example/s",
							"stock":0}"""
						.formatted(this.id, this.category))
			.expect(201);
		assertThat(this.catalogue.bestSellers(TestTenant.ID, this.category, 4)).isEmpty();
	}

	@Test
	void declaresFactsOfTheBrand(@Autowired BrandKitRepository brands) {
		String brand = """
				{"senderName":"Corner Shop","senderAddress":"hello@shop.example","postalAddress":["1 High Street"],
				"siteUrl":"https://shop.example","logoUrl":"https://shop.example/logo.png","accentColour":"#224466",
				"facts":{"promises":[{"id":"repair","texts":{"en":"We repair what we sold."},"proof":"%s"}],
				"shipping":{"en":"Orders leave within two days."},"voice":{"avoid":["awesome"]},"address":{"de":"%s"}}}""";
		this.api.post("/api/v1/brands", brand.formatted("no page", "Sie"))
			.expect(400)
			.says("/facts/promises/0/proof")
			.says("/facts/address/de");
		int version = this.api.post("/api/v1/brands", brand.formatted("https://shop.example/repair", "du"))
			.expect(201)
			.json()
			.path("version")
			.asInt();
		BrandKit added = brands.list(TestTenant.ID, version + 1, 1).getFirst().kit();
		assertThat(added.facts().promise(Locale.UK)).hasValueSatisfying(
				(promise) -> assertThat(promise.texts()).containsEntry("en", "We repair what we sold."));
		assertThat(added.facts().promise(Locale.FRANCE)).isEmpty();
		assertThat(added.facts().voice().avoid()).containsExactly("awesome");
	}

	private void item(String price) {
		this.api
			.post("/api/v1/catalog/items",
					"""
							{"id":"%s","name":"Spade","category":"%s","price":%s,"currency":"EUR","url":"https://shop.example/s"}"""
						.formatted(this.id, this.category, price))
			.expect(201);
	}

}
