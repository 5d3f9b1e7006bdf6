package io.waypost.delivery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.waypost.content.EmailDraft;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Content that a reviewer changed needs the approval of another person at the queue. */
class ChangedContentClearanceTests {

	private static final EmailDraft DRAFT = new EmailDraft("en", EmailDraft.Layout.CARD, "Hello", "Preview", "Headline",
			List.of(), new EmailDraft.CallToAction("Shop", "https://example.com"), "Regards");

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			CONTINUE, -,         -,        -,         true
			CONTINUE, user:anna, -,        -,         false
			CONTINUE, user:anna, APPROVED, user:anna, false
			CONTINUE, user:anna, APPROVED, user:ben,  true
			REVIEW,   user:anna, APPROVED, user:anna, false
			REVIEW,   user:anna, CHANGED,  user:ben,  false
			REVIEW,   user:anna, APPROVED, user:ben,  true
			REVIEW,   -,         APPROVED, user:anna, true
			""")
	void isApprovedByAnotherPerson(String route, String changedBy, String decision, String reviewer, boolean cleared) {
		Map<String, Object> explanation = new HashMap<>(
				Map.of(ContentClearance.INSPECTION, ContentClearance.inspected(DRAFT, "kit", route)));
		if (changedBy != null) {
			explanation.put(ContentClearance.WRITING, Map.of(ContentClearance.CHANGED_BY, changedBy));
		}
		if (decision != null) {
			explanation.put("review", Map.of("decision", decision, "reviewer", reviewer, ContentClearance.CONTENT,
					ContentClearance.digest(DRAFT, Map.of("inspection", Map.of("brand", "kit")))));
		}
		assertThat(ContentClearance.problem(DRAFT, explanation).isEmpty()).isEqualTo(cleared);
	}

}
