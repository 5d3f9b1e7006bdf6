package io.waypost.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CanonicalJsonTests {

	@Test
	void sortsKeysAtEveryDepth() {
		Map<String, Object> inner = new LinkedHashMap<>();
		inner.put("z", 1);
		inner.put("a", List.of(true, "x"));
		Map<String, Object> outer = new LinkedHashMap<>();
		outer.put("second", inner);
		outer.put("first", 2);
		assertThat(CanonicalJson.of(outer)).isEqualTo("{\"first\":2,\"second\":{\"a\":[true,\"x\"],\"z\":1}}");
	}

	@ParameterizedTest
	@CsvSource({ "1,1", "1.0,1", "1.50,1.5", "1E+3,1000", "1E-7,0.0000001", "0.000,0", "-0.10,-0.1" })
	void writesEqualNumbersAlike(BigDecimal number, String expected) {
		assertThat(CanonicalJson.of(Map.of("n", number))).isEqualTo("{\"n\":%s}".formatted(expected));
	}

	@Test
	void writesNumbersOfAllTypesAlike() {
		assertThat(List.of(2, 2L, 2.0, 2.0f, new BigDecimal("2.00")))
			.allSatisfy((number) -> assertThat(CanonicalJson.of(Map.of("n", number))).isEqualTo("{\"n\":2}"));
	}

	@Test
	void escapesSoThatAnyParserReadsItBack() throws JsonProcessingException {
		String text = "quote \" backslash \\ line \n null \u0000 emoji \uD83D\uDE80 umlaut \u00e4";
		String json = CanonicalJson.of(Map.of(text, text));
		assertThat(new ObjectMapper().readValue(json, Map.class)).isEqualTo(Map.of(text, text));
	}

	@Test
	void writesAWholeEntryAsOneObject() throws JsonProcessingException {
		StoredLedgerEntry entry = new StoredLedgerEntry(7, "t", Instant.parse("2026-11-21T10:00:00.000001Z"),
				"send.accepted", "send:1", "system", "{\"n\":1}");
		assertThat(CanonicalJson.of(entry)).isEqualTo(
				"{\"actor\":\"system\",\"at\":\"2026-11-21T10:00:00.000001Z\",\"facts\":{\"n\":1},\"kind\":\"send.accepted\","
						+ "\"subject\":\"send:1\",\"tenant\":\"t\"}");
		assertThat(new ObjectMapper().readTree(CanonicalJson.of(entry))).isNotNull();
	}

}
