package io.waypost.agent.trigger;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

import io.waypost.agent.MessageRequest;
import io.waypost.agent.RecheckResult;
import io.waypost.agent.plan.ProductSelection;
import io.waypost.agent.write.ToneRules;
import io.waypost.feature.FeatureValue;
import io.waypost.feature.Features;
import org.jspecify.annotations.Nullable;

/** Whether what started a journey still holds. */
public final class TriggerRecheck {

	private static final RecheckResult STANDS = new RecheckResult(true, null);

	public RecheckResult recheck(MessageRequest request, @Nullable Features known) {
		if (known == null) {
			return fallen("profile_unknown");
		}
		boolean cart = ToneRules.isCartGoal(request.journey());
		boolean silence = ToneRules.isReengagementGoal(request.journey());
		if ((cart || silence) && orderedSince(request, known)) {
			return fallen("ordered_since");
		}
		if (cart && ProductSelection.items(known, String.valueOf(request.trigger().getOrDefault("key", "")))
			.isEmpty()) {
			return fallen("cart_empty");
		}
		if (silence && !ToneRules.isInactive(known.lifecycleStage())) {
			return fallen("came_back");
		}
		return STANDS;
	}

	private static boolean orderedSince(MessageRequest request, Features known) {
		Optional<Instant> since = instant(request.trigger().get("at"));
		Optional<Instant> lastOrder = known.values()
			.stream()
			.filter((feature) -> feature.name().equals("last_order_at"))
			.findFirst()
			.map(FeatureValue::value)
			.flatMap(TriggerRecheck::instant);
		return since.isPresent() && lastOrder.isPresent() && lastOrder.get().isAfter(since.get());
	}

	private static Optional<Instant> instant(@Nullable Object value) {
		try {
			return (value != null) ? Optional.of(Instant.parse(value.toString())) : Optional.empty();
		}
		catch (DateTimeParseException noTime) {
			return Optional.empty();
		}
	}

	private static RecheckResult fallen(String reason) {
		return new RecheckResult(false, reason);
	}

}
