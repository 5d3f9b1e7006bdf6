package io.waypost.agent.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.waypost.agent.ExplanationSections;
import io.waypost.agent.Message;
import io.waypost.agent.MessageTarget;
import io.waypost.content.fact.Offer;
import io.waypost.feature.Features;
import org.jspecify.annotations.Nullable;

/**
 * The products of a message.
 *
 * @param quantities quantities by product id, most important first
 * @param reasons entries of the explanation, empty for a cart
 */
public record SelectedProducts(Map<String, Integer> quantities, List<Map<String, Object>> reasons) {

	/** The products of a cart. */
	public static SelectedProducts of(Map<String, Integer> cart) {
		return new SelectedProducts(cart, List.of());
	}

	/** Recommends products to a recipient. */
	public static SelectedProducts of(ProductSelection selection, MessageTarget.ForRecipient message,
			Features features) {
		return of(selection.recommend(message, features));
	}

	/** Selects the products of shared content. */
	public static SelectedProducts of(ProductSelection selection, MessageTarget.ForArchetype shared,
			@Nullable Offer offer) {
		return of(selection.recommend(shared, offer));
	}

	private static SelectedProducts of(List<Recommendation> recommended) {
		Map<String, Integer> quantities = new LinkedHashMap<>();
		recommended.forEach((one) -> quantities.put(one.product().id(), 1));
		return new SelectedProducts(quantities, recommended.stream().map(Recommendation::explained).toList());
	}

	/** Adds the reasons to the explanation. */
	public Message explain(Message planned) {
		return this.reasons.isEmpty() ? planned
				: ExplanationSections.with(planned, PlanSection.NAME, "recommendations", this.reasons);
	}

}
