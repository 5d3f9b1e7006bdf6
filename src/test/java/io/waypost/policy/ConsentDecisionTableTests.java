package io.waypost.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Evaluates {@code dmn/consent.dmn} for every combination of inputs and compares the
 * results with a second implementation of the rules in Java.
 */
class ConsentDecisionTableTests {

	private static final List<@Nullable String> SUPPRESSIONS = Arrays.asList("none", "hard_bounce", "complaint",
			"unsubscribe", "manual", "invalid", "erased", "something_new", null);

	private static final List<@Nullable Boolean> ADDRESSES = Arrays.asList(true, false, null);

	private static final List<@Nullable String> CONSENTS = Arrays.asList("none", "GRANTED", "DENIED", "REVOKED",
			"granted", null);

	private static final List<@Nullable String> BASES = Arrays.asList("consent", "contract", "soft_opt_in",
			"legitimate_interest", "implied", "other", null);

	private static final List<@Nullable String> COUNTRIES = Arrays.asList("CA", "DE", "AT", "US", "GB", null);

	private static final List<String> TOPICS = List.of("marketing", "newsletter", "service");

	/** Shared, so that each combination is evaluated once in all tests. */
	private static final DecisionTableEvaluator DECISIONS = TestDecisionTables.ofThisRepository();

	private record Question(@Nullable String suppression, @Nullable Boolean hasAddress, @Nullable String consent,
			@Nullable String basis, @Nullable String country, String topic) {

		Map<String, @Nullable Object> inputs() {
			Map<String, @Nullable Object> inputs = new HashMap<>();
			inputs.put("suppression", this.suppression);
			inputs.put("hasAddress", this.hasAddress);
			inputs.put("consent", this.consent);
			inputs.put("basis", this.basis);
			inputs.put("country", this.country);
			inputs.put("topic", this.topic);
			return inputs;
		}

	}

	@Test
	void grantsExactlyWhatTheRulesGrant() {
		for (Question question : everyQuestion()) {
			assertThat(granted(question)).as(question.toString()).isEqualTo(oracle(question));
		}
	}

	@Test
	void neverSendsWithoutConsent() {
		assertThat(everyQuestion()).filteredOn((question) -> !"GRANTED".equals(question.consent()))
			.noneMatch(ConsentDecisionTableTests::granted);
	}

	@Test
	void neverGrantsMoreWithAnAdditionalObstacle() {
		for (Question question : everyQuestion()) {
			if (!granted(question)) {
				for (Question blocked : withOneBlocker(question)) {
					assertThat(granted(blocked)).as("%s blocked to %s", question, blocked).isFalse();
				}
			}
		}
	}

	@Test
	void namesTheReason() {
		assertThat(reason(new Question("complaint", false, "REVOKED", null, null, "marketing")))
			.isEqualTo("suppressed.complaint");
		assertThat(reason(new Question("none", false, "GRANTED", null, null, "marketing"))).isEqualTo("no_address");
		assertThat(reason(new Question("none", true, "none", null, null, "service"))).isEqualTo("no_consent");
		assertThat(reason(new Question("none", true, "REVOKED", null, null, "marketing"))).isEqualTo("revoked");
		assertThat(reason(new Question("none", true, "DENIED", null, null, "marketing"))).isEqualTo("denied");
		assertThat(reason(new Question("none", true, "GRANTED", "soft_opt_in", "CA", "marketing")))
			.isEqualTo("express_consent_needed");
		assertThat(reason(new Question("none", true, "GRANTED", "contract", "US", "marketing")))
			.isEqualTo("contract_only");
		assertThat(reason(new Question("none", true, "GRANTED", "consent", "CA", "marketing"))).isEqualTo("consent");
		assertThat(reason(new Question("none", true, "granted", "consent", "CA", "marketing"))).isEqualTo("unknown");
	}

	private static boolean oracle(Question question) {
		boolean yes = "GRANTED".equals(question.consent());
		boolean reachable = Boolean.TRUE.equals(question.hasAddress()) && "none".equals(question.suppression());
		boolean service = "service".equals(question.topic());
		boolean implied = question.basis() != null
				&& Set.of("soft_opt_in", "legitimate_interest", "implied").contains(question.basis());
		boolean strictCountry = question.country() == null || Set.of("CA", "DE", "AT").contains(question.country());
		boolean advertisingAllowed = !"contract".equals(question.basis()) && !(implied && strictCountry);
		return yes && reachable && (service || advertisingAllowed);
	}

	private static List<Question> withOneBlocker(Question question) {
		List<Question> blocked = new ArrayList<>();
		for (String suppression : SUPPRESSIONS) {
			if (!"none".equals(suppression)) {
				blocked.add(new Question(suppression, question.hasAddress(), question.consent(), question.basis(),
						question.country(), question.topic()));
			}
		}
		blocked.add(new Question(question.suppression(), false, question.consent(), question.basis(),
				question.country(), question.topic()));
		for (String consent : List.of("DENIED", "REVOKED", "none")) {
			blocked.add(new Question(question.suppression(), question.hasAddress(), consent, question.basis(),
					question.country(), question.topic()));
		}
		return blocked;
	}

	private static List<Question> everyQuestion() {
		List<Question> questions = new ArrayList<>();
		for (String suppression : SUPPRESSIONS) {
			for (Boolean address : ADDRESSES) {
				for (String consent : CONSENTS) {
					for (String basis : BASES) {
						for (String country : COUNTRIES) {
							TOPICS.forEach((topic) -> questions
								.add(new Question(suppression, address, consent, basis, country, topic)));
						}
					}
				}
			}
		}
		return questions;
	}

	private static boolean granted(Question question) {
		return "GRANTED"
			.equals(DECISIONS.evaluate(TestDecisionTables.TENANT, "consent", question.inputs()).text("permission"));
	}

	private static String reason(Question question) {
		return DECISIONS.evaluate(TestDecisionTables.TENANT, "consent", question.inputs()).text("reason");
	}

}
