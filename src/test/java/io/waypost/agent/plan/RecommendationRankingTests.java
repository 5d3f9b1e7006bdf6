package io.waypost.agent.plan;

import java.util.List;
import java.util.Map;

import io.waypost.agent.plan.Recommendation.RecommendationReason;
import io.waypost.content.Product;
import io.waypost.content.fact.ProductDetails;
import io.waypost.kernel.Money;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RecommendationRankingTests {

	@Test
	void showsOneProductPerKindWhileThereAreOthers() {
		List<Recommendation> selected = RecommendationRanking.select(List.of(of("spade-1", "spade", "40", 1),
				of("spade-2", "spade", "42", 0.9), of("rake-1", "rake", "19", 0.5), of("can-1", "can", "9", 0.1)), 3);
		assertThat(ids(selected)).containsExactly("spade-1", "rake-1", "can-1");
	}

	@Test
	void showsAtMostTwoOfOnePriceBandWhileThereAreOthers() {
		List<Recommendation> selected = RecommendationRanking.select(List.of(of("a", "a", "40", 1),
				of("b", "b", "41", 0.9), of("c", "c", "42", 0.8), of("d", "d", "5", 0.1)), 3);
		assertThat(ids(selected)).containsExactly("a", "b", "d");
	}

	@Test
	void fillsUpWithTheSameKindWhenNothingElseIsLeft() {
		List<Recommendation> selected = RecommendationRanking
			.select(List.of(of("spade-1", "spade", "40", 1), of("spade-2", "spade", "42", 0.9)), 4);
		assertThat(ids(selected)).containsExactly("spade-1", "spade-2");
	}

	@Test
	void keepsTheBestReasonOfAProduct() {
		Product product = product("spade-1", "spade", "40");
		List<Recommendation> selected = RecommendationRanking
			.select(List.of(Recommendation.of(product, RecommendationReason.BEST_SELLER, null, 1),
					Recommendation.of(product, RecommendationReason.COMPLEMENT, "rake-1", 0)), 4);
		assertThat(selected).singleElement()
			.satisfies((one) -> assertThat(one.explained())
				.isEqualTo(Map.of("product", "spade-1", "reason", "complement", "because", "rake-1", "score", 0.475)));
	}

	private static List<String> ids(List<Recommendation> selected) {
		return selected.stream().map((one) -> one.product().id()).toList();
	}

	private static Recommendation of(String id, String kind, String price, double strength) {
		return Recommendation.of(product(id, kind, price), RecommendationReason.CATEGORY, null, strength);
	}

	private static Product product(String id, String kind, String price) {
		return new Product(id, id, "Garden", Money.of(price, "EUR"), null, "https://shop.example/" + id,
				new ProductDetails(kind, null, Map.of(), Map.of(), Map.of(), null, null, null, null, List.of()));
	}

}
