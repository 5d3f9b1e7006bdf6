package io.waypost.agent.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.waypost.agent.ExplanationSections;
import io.waypost.agent.Message;
import io.waypost.feature.LifecycleStage;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code plan} of an explanation: the content plan and the facts that writing
 * needs after a wait state.
 *
 * @param plan the content plan
 * @param quantities quantities by product id
 * @param inCart whether the products are in the recipient's cart
 * @param orderCount completed orders
 * @param offer reference of the announced offer, null for none
 * @param featuresReadAt when the features of the plan were read, null without features
 */
public record PlanSection(ContentPlan plan, Map<String, Integer> quantities, boolean inCart, long orderCount,
		@Nullable String offer, @Nullable Instant featuresReadAt) {

	public static final String NAME = "plan";

	private static final String OFFER = "offer";

	/** Adds the plan to a message and to its explanation. */
	public Message addTo(Message message) {
		Map<String, Object> section = new LinkedHashMap<>();
		section.put("goal", this.plan.goal());
		section.put("archetype", this.plan.archetype());
		section.put("angle", this.plan.angle());
		section.put("tone", this.plan.tone());
		section.put("locale", this.plan.locale());
		section.put("stage", this.plan.stage().name());
		section.put("category", this.plan.category());
		section.put("productIds", this.plan.productIds());
		section.put("quantities", this.quantities);
		section.put("inCart", this.inCart);
		section.put("orderCount", this.orderCount);
		section.put("subtasks", this.plan.subtasks());
		section.put("featureAge", this.plan.featureAge());
		ExplanationSections.putIfKnown(section, OFFER, this.offer);
		ExplanationSections.putIfKnown(section, "featuresReadAt",
				(this.featuresReadAt != null) ? this.featuresReadAt.toString() : null);
		return message.planned(this.plan).explained(NAME, section);
	}

	/** Reads the plan of a message, or null when it has none. */
	public static @Nullable PlanSection of(Message message) {
		Map<String, Object> section = ExplanationSections.read(message, NAME);
		ContentPlan plan = (message.plan() != null) ? message.plan() : plan(section);
		if (plan == null) {
			return null;
		}
		long orders = (section.get("orderCount") instanceof Number count) ? count.longValue() : 0;
		return new PlanSection(plan, quantities(section.get("quantities")), Boolean.TRUE.equals(section.get("inCart")),
				orders, (section.get(OFFER) instanceof String offer) ? offer : null,
				instant(section.get("featuresReadAt")));
	}

	/** Hours since the features were read, null when the plan uses none. */
	@Nullable public Double featureAgeHours(Instant now) {
		return (this.featuresReadAt != null) ? Duration.between(this.featuresReadAt, now).toSeconds() / 3600.0 : null;
	}

	/** Reads a plan back from an explanation, or null when there is none. */
	public static @Nullable ContentPlan plan(Map<String, Object> section) {
		if (!(section.get("goal") instanceof String goal)) {
			return null;
		}
		return new ContentPlan(goal, text(section, "archetype"), text(section, "angle"), text(section, "tone"),
				text(section, "locale"), LifecycleStage.valueOf(text(section, "stage")),
				texts(section.get("productIds")), text(section, "category"), texts(section.get("subtasks")),
				text(section, "featureAge"));
	}

	private static @Nullable Instant instant(@Nullable Object value) {
		try {
			return (value != null) ? Instant.parse(value.toString()) : null;
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

	private static String text(Map<String, Object> section, String key) {
		Object value = section.get(key);
		return (value != null) ? value.toString() : "";
	}

	private static List<String> texts(@Nullable Object value) {
		return (value instanceof Collection<?> list) ? list.stream().map(String::valueOf).toList() : List.of();
	}

	private static Map<String, Integer> quantities(@Nullable Object value) {
		Map<String, Integer> quantities = new LinkedHashMap<>();
		if (value instanceof Map<?, ?> map) {
			map.forEach((id, count) -> quantities.put(String.valueOf(id),
					(count instanceof Number number) ? number.intValue() : 1));
		}
		return quantities;
	}

}
