package io.waypost.content;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.access.Role;
import io.waypost.kernel.Money;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@WaypostTest
class ContentApiIntegrationTests {

	private final HttpClient http = HttpClient.newHttpClient();

	private final String key = "t-" + UUID.randomUUID();

	@LocalServerPort
	private int port;

	@Autowired
	private TemplateRepository templates;

	@Autowired
	private ProductCatalogue catalogue;

	@Test
	void addsVersionsAndUsesTheApprovedOne() throws Exception {
		assertThat(post("templates", template("One")).statusCode()).isEqualTo(201);
		assertThat(post("templates", template("Two")).body()).contains("\"version\":2");
		assertThat(found().version()).isEqualTo(2);
		assertThat(found().approved()).isFalse();
		assertThat(post("templates/" + this.key + "/versions/1/approve", "").statusCode()).isEqualTo(200);
		assertThat(found().subject()).isEqualTo("One");
		assertThat(post("templates/" + this.key + "/versions/2/approve", "").statusCode()).isEqualTo(200);
		assertThat(found().subject()).isEqualTo("Two");
		assertThat(post("templates/" + this.key + "/versions/9/approve", "").statusCode()).isEqualTo(404);
	}

	@Test
	void reportsEveryViolationOfATemplate() throws Exception {
		HttpResponse<String> answer = post("templates",
				"{\"key\":\"Bad Key\",\"locale\":\"??\",\"subject\":\"{{ first_nam }}\",\"body\":\"{% if x %}\"}");
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("/key", "/locale", "/subject", "unknown merge tag 'first_nam'", "/body",
				"line 1");
	}

	@Test
	void refusesAFirstNameThatIsJoinedToOtherCharacters() throws Exception {
		HttpResponse<String> answer = post("templates", """
				{"key":"joined","subject":"Hi {{ first_name }}","body":"Log in at login.{{ first_name }} today"}""");
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("/body", "put a space before and behind the tag").doesNotContain("/subject");
	}

	@Test
	void refusesTextsThatPatternsCannotBeAppliedTo() throws Exception {
		String run = "a.".repeat(8_000);
		assertThat(post("templates", "{\"key\":\"run\",\"subject\":\"Hi\",\"body\":\"%s\"}".formatted(run)))
			.satisfies((answer) -> {
				assertThat(answer.statusCode()).isEqualTo(400);
				assertThat(answer.body()).contains("/body", "without spaces");
			});
		assertThat(post("redactions", "{\"text\":\"%s\"}".formatted(run)).statusCode()).isEqualTo(400);
	}

	@Test
	void requiresSenderAndPostalAddressOfABrandKit() throws Exception {
		HttpResponse<String> answer = post("brands",
				"{\"senderName\":\"Shop\",\"senderAddress\":\"nobody\",\"siteUrl\":\"javascript:x\",\"logoUrl\":\"/logo.png\",\"accentColour\":\"red\"}");
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("/senderAddress", "/siteUrl", "/logoUrl", "/accentColour", "/postalAddress");
	}

	@Test
	void savesOneItemOrManyAndReportsInvalidOnes() throws Exception {
		String id = this.key;
		assertThat(post("catalog/items", item(id + "-1", "12.50")).statusCode()).isEqualTo(201);
		assertThat(post("catalog/items", "[" + item(id + "-1", "13.00") + "," + item(id + "-2", "7") + "]").body())
			.contains("\"saved\":2");
		assertThat(this.catalogue.find(TestTenant.ID, List.of(id + "-1")).get(id + "-1").price().amount())
			.isEqualByComparingTo("13");
		HttpResponse<String> answer = post("catalog/items", "[" + item(id + "-3", "1") + "," + item(id, "-1") + ",7]");
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("/1/price", "\"/2\"");
		assertThat(this.catalogue.find(TestTenant.ID, List.of(id + "-3"))).isEmpty();
	}

	@Test
	void pagesThroughTheCatalogue() throws Exception {
		post("catalog/items", "[" + item(this.key + "-a", "1") + "," + item(this.key + "-b", "2") + "]");
		String first = get("catalog/items?limit=1");
		JsonNode item = new ObjectMapper().readTree(first).at("/items/0");
		assertThat(item.properties()).extracting(Map.Entry::getKey)
			.contains("id", "name", "category", "price", "currency", "url", "popularity");
		assertThat(post("catalog/items", item.toString()).statusCode()).as("a listed item can be posted again")
			.isEqualTo(201);
		assertThat(first).contains("nextCursor");
		String cursor = first.replaceAll(".*\"nextCursor\":\"([^\"]+)\".*", "$1");
		assertThat(get("catalog/items?limit=1&cursor=" + cursor)).isNotEqualTo(first);
		assertThat(get("catalog/items?cursor=!")).contains("is not the nextCursor of a page");
	}

	@Test
	void findsTheBestSellersOfACategory() {
		List<CatalogueItem> items = IntStream.range(0, 5)
			.mapToObj((rank) -> new CatalogueItem(new Product(this.key + rank, "Thing " + rank, this.key,
					Money.of("1", "EUR"), null, "https://shop.example/" + rank), rank))
			.toList();
		this.catalogue.save(TestTenant.ID, items);
		assertThat(this.catalogue.bestSellers(TestTenant.ID, this.key, 2)).extracting(Product::name)
			.containsExactly("Thing 4", "Thing 3");
		assertThat(this.catalogue.names(TestTenant.ID).in("Have you seen Thing 3?")).containsExactly("Thing 3");
	}

	@Test
	void refusesChangesByReviewers() throws Exception {
		HttpRequest request = HttpRequest.newBuilder(uri("templates"))
			.header("Authorization", "Bearer " + TestTenant.token(Role.REVIEWER))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(template("x")))
			.build();
		assertThat(this.http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(403);
	}

	private Template found() {
		return this.templates.find(TestTenant.ID, this.key, "en-GB").orElseThrow();
	}

	private String template(String subject) {
		return "{\"key\":\"%s\",\"topic\":\"marketing\",\"locale\":\"en\",\"subject\":\"%s\"}".formatted(this.key,
				subject);
	}

	private static String item(String id, String price) {
		return "{\"id\":\"%s\",\"name\":\"Mug\",\"category\":\"Kitchen\",\"price\":%s,\"currency\":\"EUR\",\"url\":\"https://shop.example/p\"}"
			.formatted(id, price);
	}

	private HttpResponse<String> post(String path, String body) throws Exception {
		return this.http.send(HttpRequest.newBuilder(uri(path))
			.header("Authorization", "Bearer " + TestTenant.TOKEN)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build(), HttpResponse.BodyHandlers.ofString());
	}

	private String get(String path) throws Exception {
		return this.http
			.send(HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + TestTenant.TOKEN).build(),
					HttpResponse.BodyHandlers.ofString())
			.body();
	}

	private URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + "/api/v1/" + path);
	}

}
