package io.waypost.agent.trigger;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

import io.waypost.agent.MessageRequest;
import io.waypost.agent.plan.ProductSelection;
import io.waypost.agent.write.ToneRules;
import io.waypost.feature.FeatureValue;
import io.waypost.feature.Features;
import org.jspecify.annotations.Nullable;

/** Checks after a wait whether the reason for a journey's message is still valid. */
public final class TriggerRecheck {

	private static final RecheckResult VALID = new RecheckResult(true, null);

	public RecheckResult recheck(MessageRequest request, @Nullable Features known) {
		if (known == null) {
			return invalid("profile_unknown");
		}
		boolean cart = ToneRules.isCartGoal(request.journey());
		boolean reengagement = ToneRules.isReengagementGoal(request.journey());
		boolean welcome = ToneRules.isWelcomeGoal(request.journey());
		if ((cart || reengagement || welcome) && orderedSince(request, known)) {
			return invalid("ordered_since");
		}
		if (cart && ProductSelection.items(known, String.valueOf(request.trigger().getOrDefault("key", "")))
			.isEmpty()) {
			return invalid("cart_empty");
		}
		if (reengagement && !ToneRules.isInactive(known.lifecycleStage())) {
			return invalid("came_back");
		}
		return VALID;
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
		catch (DateTimeParseException ex) {
			return Optional.empty();
		}
	}

	private static RecheckResult invalid(String reason) {
		return new RecheckResult(false, reason);
	}

}
