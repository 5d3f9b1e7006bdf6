package io.waypost.agent.llm.answer;

import java.time.Duration;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeout;

class AnswerReaderTests {

	private static final AnswerSchema OPEN = AnswerSchema.parse("{\"type\": \"object\"}");

	private static final String EXPECTED = "{\"a\":\"x\",\"b\":[1,2]}";

	@ParameterizedTest
	@ValueSource(strings = { "{\"a\": \"x\", \"b\": [1, 2]}", "```json\n{\"a\": \"x\", \"b\": [1, 2]}\n```",
			"```{\"a\": \"x\", \"b\": [1, 2]}```", "Here it is: {\"a\": \"x\", \"b\": [1, 2]} Enjoy!",
			"{\u201Ca\u201D: \u201Cx\u201D, \u201Cb\u201D: [1, 2]}", "{\u201Ea\u201C: \u201Ex\u201C, \"b\": [1, 2]}",
			"{\"a\": \"x\", \"b\": [1, 2,],}", "{\"a\": \"x\", \"b\": [1, 2]}\n{\"b\": [1, 2], \"a\": \"x\"}",
			"For {name} it's: {\"a\": \"x\", \"b\": [1, 2]}" })
	void reads(String text) {
		assertThat(AnswerReader.read(text, OPEN).toString()).isIn(EXPECTED, "{\"b\":[1,2],\"a\":\"x\"}");
	}

	@Test
	void keepsQuotationMarksInsideOfStrings() {
		assertThat(AnswerReader.read("{\u201Ca\u201D: \u201CSay \u201Chi\u201D and \"go\" now {x}\u201D}", OPEN)
			.path("a")
			.asText()).isEqualTo("Say \u201Chi\u201D and \"go\" now {x}");
		assertThat(AnswerReader.read("Text {\"a\": \"\u201Cquoted\u201D \\\"b\\\" }\"}", OPEN).path("a").asText())
			.isEqualTo("\u201Cquoted\u201D \"b\" }");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "   ", "no object", "{\"a\": 1} {\"a\": 2}", "{\"a\": 1, \"a\": 2}",
			"{\"a\": 1} and {\"a\": ", "{\"a\": 1} or {\"a\" 2}", "[{\"a\": 1}]", "\"{}\"", "null", "{\"a\": \"open" })
	void refuses(String text) {
		assertThatExceptionOfType(UnusableAnswerException.class).isThrownBy(() -> AnswerReader.read(text, OPEN));
	}

	@Test
	void endsQuicklyOnHostileAnswers() {
		assertTimeout(Duration.ofSeconds(10), () -> {
			for (String hostile : new String[] { "{".repeat(1_000_000), "{x".repeat(500_000), "{\"a\":".repeat(200_000),
					"\u201C".repeat(500_000), "{x}".repeat(300_000) }) {
				assertThatExceptionOfType(UnusableAnswerException.class)
					.isThrownBy(() -> AnswerReader.read(hostile, OPEN));
			}
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{\"s\": \"abc\", \"n\": 5, \"l\": [\"x\"]} | ''",
					"{\"s\": \"abcd\", \"n\": 5} | /s has 4 characters", "{\"n\": 5} | /s is missing",
					"{\"s\": \"a\", \"n\": 5.5} | /n is number, not", "{\"s\": \"a\", \"n\": 5.0} | ''",
					"{\"s\": \"a\", \"n\": 11} | /n is out of range", "{\"s\": \"a\", \"l\": []} | /l has 0 items",
					"{\"s\": \"a\", \"l\": [\"x\", \"y\", \"x\"]} | /l has 3 items",
					"{\"s\": \"a\", \"l\": [\"z\"]} | /l/0 is none of",
					"{\"s\": \"a\", \"o\": 1} | answer has an unknown", "{\"s\": \"a\", \"m\": null} | ''",
					"{\"s\": \"a\", \"m\": false} | /m is boolean", "[] | answer is array" })
	void checksTheSchema(String answer, String problem) throws Exception {
		AnswerSchema schema = AnswerSchema.parse("""
				{"type": "object", "required": ["s"], "additionalProperties": false, "properties": {
				 "s": {"type": "string", "maxLength": 3}, "n": {"type": "integer", "minimum": 1, "maximum": 10},
				 "m": {"type": ["string", "null"]},
				 "l": {"type": "array", "minItems": 1, "maxItems": 2, "items": {"enum": ["x", "y"]}}}}""");
		String problems = String.join("; ", schema.problems(new ObjectMapper().readTree(answer)));
		if (problem.isEmpty()) {
			assertThat(problems).isEmpty();
		}
		else {
			assertThat(problems).contains(problem);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"oneOf\": []}", "{\"properties\": {\"a\": {\"pattern\": \"x\"}}}", "[]", "{",
			"{\"items\": {\"$ref\": \"#\"}}", "{\"additionalProperties\": {\"type\": \"string\"}}" })
	void refusesSchemasThatItCouldOnlyCheckInPart(String schema) {
		assertThatIllegalArgumentException().isThrownBy(() -> AnswerSchema.parse(schema));
	}

	@Test
	void tellsProvidersTheLimitsInDescriptions() {
		AnswerSchema schema = AnswerSchema.parse("""
				{"type": "object", "properties": {"s": {"type": "string", "description": "Subject", "maxLength": 60},
				 "l": {"type": "array", "minItems": 4, "items": {"type": "object", "properties": {"x": {}}}}}}""");
		assertThat(schema.forProviders().toString()).isEqualTo("""
				{"type":"object","properties":{"s":{"type":"string","description":"Subject (maxLength 60)"},\
				"l":{"type":"array","items":{"type":"object","properties":{"x":{}},"additionalProperties":false,\
				"required":["x"]},"description":"(minItems 4)"}},"additionalProperties":false,"required":["s","l"]}""");
	}

}
