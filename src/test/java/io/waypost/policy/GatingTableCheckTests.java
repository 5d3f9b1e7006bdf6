package io.waypost.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** One changed cell of a gating table must not open the gate. */
class GatingTableCheckTests {

	@ParameterizedTest
	@ValueSource(strings = { "consent", "review-required", "fallback", "approval-required", "throttling" })
	void acceptsTheTablesOfThisRepository(String table) throws IOException {
		assertThat(check(table, Files.readString(Path.of("dmn", table + ".dmn")))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "consent,NoConsent,permission", "consent,RevokedConsent,permission", "consent,ErasedPerson,permission",
			"consent,Complaint,permission", "consent,Unsubscribed,permission", "consent,UnknownSuppression,permission",
			"consent,Default,permission", "consent,NoAddress,permission" })
	void refusesATableThatGrantsWithoutConsent(String table, String rule, String output) throws IOException {
		assertRefused(table, rule, output, "GRANTED");
	}

	@ParameterizedTest
	@CsvSource({ "review-required,LegalPartMissing,CONTINUE", "review-required,Blocked,CONTINUE",
			"review-required,BlockedTooOften,REVIEW", "review-required,Severe,CONTINUE",
			"review-required,Default,CONTINUE", "fallback,GuardrailFailed,CONTINUE", "fallback,ReviewExpired,CONTINUE",
			"fallback,ReviewExpiredTwice,REVIEW", "approval-required,TemplateNotApproved,CONTINUE",
			"review-required,Clear,SEND" })
	void refusesATableThatContinues(String table, String rule, String answer) throws IOException {
		assertRefused(table, rule, "route", answer);
	}

	@ParameterizedTest
	@CsvSource({ "hitPolicy=\"FIRST\",hitPolicy=\"COLLECT\"", "<text>hasAddress</text>,<text>true</text>",
			"<text>consent</text>,<text>basis</text>", "\"none\"</text></inputEntry>,basis</text></inputEntry>" })
	void refusesATableThatCannotBeChecked(String part, String changed) throws IOException {
		String model = Files.readString(Path.of("dmn", "consent.dmn"));
		assertThat(model).contains(part);
		assertThat(check("consent", model.replace(part, changed))).isNotEmpty();
	}

	private static void assertRefused(String table, String rule, String output, String answer) throws IOException {
		String model = Files.readString(Path.of("dmn", table + ".dmn"));
		String cell = "<outputEntry id=\"rule_%s_out_%s\"><text>".formatted(rule, output);
		assertThat(model).contains(cell);
		int at = model.indexOf(cell) + cell.length();
		String changed = model.substring(0, at) + '"' + answer + '"' + model.substring(model.indexOf("</text>", at));
		assertThat(check(table, changed)).anySatisfy((problem) -> assertThat(problem).contains("rule_" + rule, answer));
	}

	private static List<String> check(String table, String model) {
		return DecisionTableValidator.validate(table + ".dmn", model.getBytes(StandardCharsets.UTF_8));
	}

}
