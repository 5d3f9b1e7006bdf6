package io.waypost.policy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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

	/** Each row adds a literal of its own to every input. */
	@ParameterizedTest
	@ValueSource(ints = { 12, 20 })
	void refusesATableWithTooManyCombinations(int rows) throws IOException {
		assertThat(GatingTableCheck.problems("review-required", table(withRows(rows)), () -> 0L)).singleElement()
			.asString()
			.contains("combinations of inputs apart, the maximum is 100000", "use fewer different literals");
	}

	@Test
	void refusesATableWhoseCheckTakesTooLong() throws IOException {
		AtomicLong time = new AtomicLong();
		long step = GatingTableCheck.MAX_TIME.toNanos();
		assertThat(GatingTableCheck.problems("review-required", table(withRows(5)), () -> time.getAndAdd(step)))
			.singleElement()
			.asString()
			.contains("longer than 3 seconds", "use fewer rows");
	}

	@Test
	@Timeout(8)
	void endsAfterItsTimeLimit() throws IOException {
		assertThat(check("review-required", withRows(300))).singleElement().asString().contains("use fewer");
	}

	/** It took 18 seconds when every value was tried. */
	@Test
	@Timeout(8)
	void acceptsATableWithFewRowsMore() throws IOException {
		assertThat(GatingTableCheck.problems("review-required", table(withRows(5)), () -> 0L)).isEmpty();
	}

	private static DecisionTable table(String model) {
		DmnModelInstance read = Dmn
			.readModelFromStream(new ByteArrayInputStream(model.getBytes(StandardCharsets.UTF_8)));
		return read.getModelElementsByType(DecisionTable.class).iterator().next();
	}

	private static String withRows(int rows) throws IOException {
		StringBuilder added = new StringBuilder();
		for (int row = 0; row < rows; row++) {
			added.append("<rule id=\"added_%d\">".formatted(row));
			for (String cell : List.of("\"f%d\"", "\"k%d\"", "&lt; 0.%d", "true", "\"w%d\"", "&lt; %d")) {
				added.append("<inputEntry><text>%s</text></inputEntry>".formatted(cell.formatted(row)));
			}
			added.append("<outputEntry><text>\"STOP\"</text></outputEntry>")
				.append("<outputEntry><text>\"blocked\"</text></outputEntry>".repeat(3))
				.append("</rule>");
		}
		return Files.readString(Path.of("dmn", "review-required.dmn")).replaceFirst("<rule ", added + "<rule ");
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
