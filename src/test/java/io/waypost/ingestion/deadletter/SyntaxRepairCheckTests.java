package io.waypost.ingestion.deadletter;

import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.waypost.access.InvalidRequestException.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SyntaxRepairCheckTests {

	private static final JsonMapper JSON = new JsonMapper();

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{"type":"trak","userId":"a","event":"X"}                           | {"type":"track","userId":"a","event":"X"}
					{"type":"tarck","userId":"a","event":"X"}                          | {"type":"track","userId":"a","event":"X"}
					{"type":"track","user_id":"a","event":"X"}                         | {"type":"track","userId":"a","event":"X"}
					{"type":"track","userID":"a","event":"X"}                          | {"type":"track","userID":"a","userId":"a","event":"X"}
					{"type":"track","userId":{"id":"a"},"event":"X"}                   | {"type":"track","userId":"a","event":"X"}
					{"type":"track","userId":["a"],"event":"X"}                        | {"type":"track","userId":"a","event":"X"}
					{"type":"track","userId":12,"event":"X"}                           | {"type":"track","userId":"12","event":"X"}
					{"type":"track","userId":"a\\u0000","event":"X"}                   | {"type":"track","userId":"a","event":"X"}
					{"type":"track","userId":"a","event":"Order  Completd"}            | {"type":"track","userId":"a","event":"Order Completed"}
					{"type":"track","userId":"a","event":"order_completed"}            | {"type":"track","userId":"a","event":"Order Completed"}
					{"type":"track","userId":"a","event":"X","timestamp":"99999-01-01"} | {"type":"track","userId":"a","event":"X","timestamp":"2026-01-01T00:00:00Z"}
					{"type":"track","userId":"a","event":"X","properties":"{\\"b\\":1}"} | {"type":"track","userId":"a","event":"X","properties":{"b":1}}
					{"type":"track","userId":"a","event":"X","properties":{"b":1}}     | {"type":"track","userId":"a","event":"X"}
					""")
	void takesRepairsOfSyntax(String original, String corrected) throws JsonProcessingException {
		assertThat(problems(original, corrected)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{"type":"track","event":"Signed Up"}                              | {"type":"track","event":"Signed Up","userId":"a"}       | /event/userId
					{"type":"track","event":"Signed Up","properties":{"by":"a"}}      | {"type":"track","event":"Signed Up","properties":{"by":"a"},"userId":"a"} | /event/userId
					{"type":"track","userId":{"a":1},"event":"X"}                     | {"type":"track","userId":"b","event":"X"}               | /event/userId
					{"type":"track","userId":"a","anonymousId":"n","event":"X","timestamp":"?"} | {"type":"track","anonymousId":"n","event":"X"} | /event/userId
					{"type":"track","userId":"a","event":"X","timestamp":"?"}         | {"type":"track","userId":"a","user_id":"b","event":"X"} | /event/user_id
					{"type":"track","userId":"a","event":"X","timestamp":"?"}         | {"type":"track","userId":"a","anonymousId":"b","event":"X"} | /event/anonymousId
					{"type":"track","userId":"a"}                                     | {"type":"track","userId":"a","event":"Signed Up"}       | /event/event
					{"type":"track","userId":"a","event":"Signed In","timestamp":"?"} | {"type":"track","userId":"a","event":"Signed Up"}       | /event/event
					{"type":"track","userId":"a"}                                     | {"type":"track","userId":"a","event":"Email Marked as Spam"} | /event/event
					{"type":"track","userId":"a","event":"Mail Marked as Spam"}       | {"type":"track","userId":"a","event":"Email Marked as Spam"} | /event/event
					{"type":"track","userId":"a","event":"Unsubscribd"}               | {"type":"track","userId":"a","event":"Unsubscribed"}    | /event/event
					{"type":"dance","userId":"a"}                                     | {"type":"identify","userId":"a"}                        | /event/type
					{"type":"alais","userId":"a","previousId":"b"}                    | {"type":"alias","userId":"a","previousId":"b"}          | /event/type
					{"type":"alias","userId":"a","previousId":{"x":1}}                | {"type":"alias","userId":"a","previousId":"b"}          | /event/previousId
					{"type":"alias","userId":"a","previousId":{"x":"b"}}              | {"type":"alias","userId":"a","previousId":"b"}          | /event/previousId
					{"type":"identfy","userId":"a","context":{"consent":{"m":true}}}  | {"type":"identify","userId":"a","context":{"consent":{"m":true}}} | /event/type
					{"type":"identify","userId":"a","timestamp":"?","context":{"consent":{"m":true}}} | {"type":"identify","userId":"a","timestamp":"2026-01-01T00:00:00Z","context":{"consent":{"m":true}}} | /event/timestamp
					{"type":"identify","userId":"a","timestamp":"?","context":{"consent":{"m":false}}} | {"type":"identify","userId":"a"} | /event/context/consent/m
					{"type":"identify","userId":"a","timestamp":"?"}                  | {"type":"identify","userId":"a","traits":{"emailAddress":"x@y.example"}} | /event/traits/emailAddress
					{"type":"track","userId":"a","event":"X","timestamp":"2026-01-01T00:00:00Z","properties":"?"} | {"type":"track","userId":"a","event":"X","timestamp":"2026-02-01T00:00:00Z"} | /event/timestamp
					{"type":"track","userId":"a","event":"X","timestamp":"?"}         | {"type":"track","userId":"a","event":"X","properties":{"product":{"name":"Visit evil.example"}}} | /event/properties/product/name
					""")
	void refusesToChangeWhomOrWhatAnEventConcerns(String original, String corrected, String pointer)
			throws JsonProcessingException {
		assertThat(problems(original, corrected)).extracting(Violation::pointer).contains(pointer);
	}

	@Test
	void takesNoValueWithoutAReadableOriginal() throws JsonProcessingException {
		assertThat(SyntaxRepairCheck.problems(null,
				JSON.readTree("{\"type\":\"track\",\"userId\":\"a\",\"event\":\"X\"}")))
			.hasSize(3)
			.allMatch((problem) -> problem.detail().contains("ADMIN"));
	}

	private static List<Violation> problems(String original, String corrected) throws JsonProcessingException {
		JsonNode received = JSON.readTree(original);
		return SyntaxRepairCheck.problems(received, JSON.readTree(corrected));
	}

}
