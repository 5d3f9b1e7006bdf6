package io.waypost.agent;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import io.waypost.content.BrandKitRepository;
import io.waypost.content.CatalogueItem;
import io.waypost.content.ProductCatalogue;
import io.waypost.content.Template;
import io.waypost.content.TemplateRepository;
import io.waypost.identity.Identifier;
import io.waypost.identity.Profiles;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import io.waypost.testing.MutableClock;
import io.waypost.testing.TestTenant;

import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The {@link ShopFixture} in a running Waypost: products are saved, the clock shows
 * morning, profiles are created over HTTP.
 */
public final class RunningShopFixture {

	static final Instant MORNING = Instant.parse("2026-11-23T10:00:00Z");

	private static final TenantId TENANT = TestTenant.ID;

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final String address;

	private final TemplateRepository templates;

	private final Profiles profiles;

	private final MutableClock clock;

	private RunningShopFixture(ApplicationContext waypost) {
		this.address = "http://127.0.0.1:" + waypost.getEnvironment().getRequiredProperty("local.server.port");
		this.templates = waypost.getBean(TemplateRepository.class);
		this.profiles = waypost.getBean(Profiles.class);
		this.clock = waypost.getBean(MutableClock.class);
	}

	public static RunningShopFixture in(ApplicationContext waypost) {
		RunningShopFixture shop = new RunningShopFixture(waypost);
		shop.clock.set(MORNING);
		waypost.getBean(ProductCatalogue.class)
			.save(TENANT, ShopFixture.PRODUCTS.stream().map((product) -> new CatalogueItem(product, 5)).toList());
		BrandKitRepository brands = waypost.getBean(BrandKitRepository.class);
		brands.approve(TENANT, "user:test", brands.add(TENANT, "user:test", ShopFixture.BRAND).version());
		return shop;
	}

	/** Resets the clock for later tests. */
	public void close() {
		this.clock.reset();
	}

	public MutableClock clock() {
		return this.clock;
	}

	/** Adds a template whose texts the agents write. */
	String template(String key, boolean approved) {
		Template added = this.templates.add(TENANT, "user:test",
				new Template(key, 0, "marketing", "en", null, null, null, null, null, false));
		if (approved) {
			this.templates.approve(TENANT, "user:test", key, added.version());
		}
		return key;
	}

	/** Adds an approved template whose text exceeds the rendering limits. */
	String endlessTemplate(String key) {
		Template added = this.templates.add(TENANT, "user:test", new Template(key, 0, "marketing", "en", null, null,
				null, "{% for i in (1..99999) %}{% for j in (1..99999) %}x{% endfor %}{% endfor %}", null, false));
		this.templates.approve(TENANT, "user:test", key, added.version());
		return key;
	}

	public ProfileId person(String user, String locale, boolean consents) {
		return people(List.of(user), locale, "UTC", consents).getFirst();
	}

	List<ProfileId> people(List<String> users, String locale, String zone, boolean consents) {
		post(users.stream()
			.map((user) -> """
					{"type":"identify","userId":"%1$s","messageId":"%2$s","traits":{"email":"%1$s@test.example",
					"firstName":"Testperson","locale":"%3$s","timezone":"%4$s"},
					"context":{"consent":{"categoryPreferences":{%5$s}}}}""".formatted(user, UUID.randomUUID(), locale,
					zone, consents ? "\"marketing\":true" : ""))
			.toList());
		List<ProfileId> people = new ArrayList<>();
		users.forEach((user) -> people
			.add(this.profiles.find(TENANT, new Identifier(Identifier.Type.USER_ID, user)).orElseThrow()));
		return people;
	}

	void addToCart(String user, String... products) {
		for (String product : products) {
			post(List.of("""
					{"type":"track","event":"Product Added","userId":"%s","messageId":"%s","properties":
					{"cart_id":"cart-1","product_id":"%s","name":"x","price":1,"currency":"EUR","quantity":1}}"""
				.formatted(user, UUID.randomUUID(), product)));
		}
	}

	private void post(List<String> events) {
		String auth = Base64.getEncoder().encodeToString((TestTenant.WRITE_KEY + ":").getBytes(StandardCharsets.UTF_8));
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.address + "/v1/batch"))
			.header("Content-Type", "application/json")
			.header("Authorization", "Basic " + auth)
			.header("X-Strict-Mode", "1")
			.POST(HttpRequest.BodyPublishers.ofString("{\"batch\":[" + String.join(",", events) + "]}"))
			.build();
		try {
			HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		}
		catch (IOException | InterruptedException failed) {
			throw new IllegalStateException(failed);
		}
	}

}
