package io.waypost.delivery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.waypost.content.EmailDraft;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ContentClearanceTests {

	private static final EmailDraft DRAFT = new EmailDraft("en", "News", "P", "H", List.of("Hello"), List.of(),
			new EmailDraft.CallToAction("Go", "https://shop.example"), null);

	@Test
	void countsAReviewOnlyForTheBrandKitThatWasReviewed() {
		Map<String, Object> explanation = new HashMap<>();
		explanation.put("inspection", ContentClearance.inspected(DRAFT, "kit-1", "REVIEW"));
		assertThat(ContentClearance.problem(DRAFT, explanation)).isPresent();
		explanation.put("review", Map.of("decision", "APPROVED", "reviewer", "user:ben", "content",
				ContentClearance.digest(DRAFT, explanation)));
		assertThat(ContentClearance.problem(DRAFT, explanation)).isEmpty();
		assertThat(ContentClearance.brand(explanation)).contains("kit-1");
		explanation.put("inspection", ContentClearance.inspected(DRAFT, "kit-2", "REVIEW"));
		assertThat(ContentClearance.problem(DRAFT, explanation)).get().asString().contains("not approved");
	}

	@Test
	void refusesAnInspectionOfAnotherBrandKit() {
		Map<String, Object> inspection = new HashMap<>(ContentClearance.inspected(DRAFT, "kit-1", "CONTINUE"));
		assertThat(ContentClearance.problem(DRAFT, Map.of("inspection", inspection))).isEmpty();
		inspection.put("brand", "kit-2");
		assertThat(ContentClearance.problem(DRAFT, Map.of("inspection", inspection))).isPresent();
	}

}
