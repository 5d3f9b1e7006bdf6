package io.waypost.ingestion.store;

import java.util.List;
import java.util.UUID;

import io.waypost.identity.Identifier;
import io.waypost.identity.Profiles;
import io.waypost.ingestion.ProductActivity;
import io.waypost.ingestion.ProductActivity.ProductAction;
import io.waypost.kernel.ProfileId;
import io.waypost.testing.MutableClock;
import io.waypost.testing.PublicApi;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Views, carts, orders and co-purchases from the event log. */
@WaypostTest
class ProductActivityIntegrationTests {

	private final String mark = UUID.randomUUID().toString().substring(0, 8);

	@Autowired
	private ProductActivity activity;

	@Autowired
	private ProductActivityJob job;

	@Autowired
	private Profiles profiles;

	@Autowired
	private MutableClock clock;

	private PublicApi api;

	@BeforeEach
	void connect(@LocalServerPort int port) {
		this.api = PublicApi.on(port);
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void readsTheRecentActionsOfAProfile() {
		track("one", "Product Viewed", product("tent"));
		track("one", "Product Added", product("mat"));
		track("one", "Order Completed", order("mat", "bag"));
		track("other", "Product Viewed", product("pan"));
		assertThat(this.activity.recent(TestTenant.ID, List.of(profile("one"))).get(profile("one")))
			.extracting(ProductActivity.ProductEvent::productId, ProductActivity.ProductEvent::action)
			.containsExactlyInAnyOrder(tuple(id("tent"), ProductAction.VIEWED), tuple(id("mat"), ProductAction.ADDED),
					tuple(id("mat"), ProductAction.BOUGHT), tuple(id("bag"), ProductAction.BOUGHT));
	}

	@Test
	void findsWhatIsBoughtTogether() {
		track("a", "Order Completed", order("tent", "mat"));
		track("b", "Order Completed", order("tent", "mat", "pan"));
		track("c", "Order Completed", order("tent", "pan"));
		track("d", "Order Completed", order("mat"));
		this.job.run();
		List<ProductActivity.RelatedProduct> related = this.activity
			.boughtTogether(TestTenant.ID, List.of(id("tent"), id("mat")))
			.get(id("tent"));
		assertThat(related)
			.extracting(ProductActivity.RelatedProduct::productId, ProductActivity.RelatedProduct::buyers)
			.containsExactly(tuple(id("pan"), 2), tuple(id("mat"), 2));
		assertThat(related.getFirst().score()).as("2 of 3 and 2 buyers")
			.isCloseTo(2 / Math.sqrt(6), Offset.offset(1e-9));
		assertThat(this.activity.boughtTogether(TestTenant.ID, List.of(id("mat"))).get(id("mat")))
			.extracting(ProductActivity.RelatedProduct::productId)
			.as("a pair of one buyer is not kept")
			.containsExactly(id("tent"));
		assertThat(this.activity.buyers(TestTenant.ID)).containsEntry(id("tent"), 3).containsEntry(id("pan"), 2);
	}

	private void track(String user, String event, String properties) {
		this.api.event("track", """
				{"userId":"%s-%s","event":"%s","properties":%s}""".formatted(user, this.mark, event, properties))
			.expect(200);
	}

	private String product(String name) {
		return "{\"product_id\":\"%s\",\"name\":\"x\",\"price\":1,\"currency\":\"EUR\",\"cart_id\":\"c\"}"
			.formatted(id(name));
	}

	private String order(String... names) {
		List<String> products = List.of(names).stream().map(this::product).toList();
		return "{\"order_id\":\"%s\",\"total\":5,\"currency\":\"EUR\",\"products\":%s}".formatted(UUID.randomUUID(),
				products);
	}

	private String id(String name) {
		return name + "-" + this.mark;
	}

	private ProfileId profile(String user) {
		return this.profiles.find(TestTenant.ID, new Identifier(Identifier.Type.USER_ID, user + "-" + this.mark))
			.orElseThrow();
	}

}
