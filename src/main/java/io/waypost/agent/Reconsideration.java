package io.waypost.agent;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

import io.waypost.feature.FeatureValue;
import io.waypost.feature.Features;
import org.jspecify.annotations.Nullable;

/** Whether what started a journey still holds. */
final class Reconsideration {

	private static final Standing STANDS = new Standing(true, null);

	Standing of(MessageRequest request, @Nullable Features known) {
		if (known == null) {
			return fallen("profile_unknown");
		}
		boolean cart = Goals.aboutCart(request.journey());
		boolean silence = Goals.aboutSilence(request.journey());
		if ((cart || silence) && orderedSince(request, known)) {
			return fallen("ordered_since");
		}
		if (cart && Picks.items(known, String.valueOf(request.trigger().getOrDefault("key", ""))).isEmpty()) {
			return fallen("cart_empty");
		}
		if (silence && !Goals.isQuiet(known.lifecycleStage())) {
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
			.flatMap(Reconsideration::instant);
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

	private static Standing fallen(String reason) {
		return new Standing(false, reason);
	}

}
