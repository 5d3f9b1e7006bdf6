package io.waypost.agent.trigger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.waypost.agent.MessageRequest;
import io.waypost.feature.CartItem;
import io.waypost.feature.EngagedHours;
import io.waypost.feature.FeatureValue;
import io.waypost.feature.Features;
import io.waypost.feature.LifecycleStage;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TriggerRecheckTests {

	private static final ProfileId PERSON = new ProfileId(new UUID(7, 2));

	private final TriggerRecheck recheck = new TriggerRecheck();

	@Test
	void isValidWhileTheCartHasItems() {
		assertThat(of("cart-abandonment", features("c-1", null, LifecycleStage.NEW)))
			.isEqualTo(new RecheckResult(true, null));
	}

	@Test
	void isInvalidWithoutACart() {
		assertThat(of("cart-abandonment", features("", null, LifecycleStage.NEW)).reason()).isEqualTo("cart_empty");
		assertThat(of("cart-abandonment", features("c-2", null, LifecycleStage.NEW)).reason()).isEqualTo("cart_empty");
	}

	@Test
	void isInvalidAfterAnOrder() {
		Features ordered = features("c-1", "2026-11-21T11:00:00Z", LifecycleStage.NEW);
		assertThat(of("cart-abandonment", ordered).reason()).isEqualTo("ordered_since");
		Features longAgo = features("c-1", "2026-11-20T11:00:00Z", LifecycleStage.NEW);
		assertThat(of("cart-abandonment", longAgo).valid()).isTrue();
	}

	@Test
	void isInvalidWhenAnInactiveCustomerReturns() {
		assertThat(of("re-engagement", features("", null, LifecycleStage.ACTIVE)).reason()).isEqualTo("came_back");
		assertThat(of("re-engagement", features("", null, LifecycleStage.AT_RISK)).valid()).isTrue();
	}

	@Test
	void isValidForAWelcomeUntilAnOrder() {
		assertThat(of("welcome", features("", null, LifecycleStage.PROSPECT)).valid()).isTrue();
		assertThat(of("welcome", features("", "2026-11-21T11:00:00Z", LifecycleStage.NEW)).reason())
			.isEqualTo("ordered_since");
	}

	private RecheckResult of(String journey, Features features) {
		return this.recheck.recheck(
				new MessageRequest(PERSON, new JourneyRunId(new UUID(7, 3)), journey, "check", journey, "marketing",
						Map.of("key", journey.startsWith("cart") ? "c-1" : "", "at", "2026-11-21T10:00:00Z"), Map.of()),
				features);
	}

	private static Features features(String cart, String lastOrder, LifecycleStage stage) {
		List<FeatureValue> values = (lastOrder == null) ? List.of()
				: List.of(new FeatureValue("last_order_at", Instant.parse(lastOrder), "purchase@v1", null));
		return new Features(PERSON, Instant.EPOCH, Instant.EPOCH, stage, 0, 0, Map.of(),
				cart.isEmpty() ? List.of() : List.of(new CartItem(cart, "p1", null, null, null, 1, null, null)), null,
				null, EngagedHours.NONE, values);
	}

}
