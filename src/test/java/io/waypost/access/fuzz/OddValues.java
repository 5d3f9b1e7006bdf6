package io.waypost.access.fuzz;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Values that programs often handle wrongly. */
final class OddValues {

	private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

	private static final List<String> DATES = List.of("+999999999-12-31T23:59:59.999999999Z",
			"-999999999-01-01T00:00:00Z", "+999999999-12-31", "-999999999-01-01", "0000-00-00", "2026-02-30",
			"9999-12-31T23:59:59Z", "+10000-01-01T00:00:00Z", "0000-01-01T00:00:00Z", "-4713-01-01T00:00:00Z",
			"+294277-01-01T00:00:00Z", "2026-11-30T24:00:00Z", "2026-11-30T12:00:00+18:00", "2026-11-30", "1e9",
			"2026-11-30T12:00:00.123456789123Z", "PT1H", "P999999999D", "-P1D", "PT-1S", "today");

	private static final List<String> TEXTS = List.of("", " ", "\u0000", "a\u0000b", "\ud800", "\udc00x", "x\udbff",
			"\ufffe\uffff", "\u202eabc", "\ud83d\ude00", "e\u0301\u0301\u0301", "' OR 1=1 --", "\\", "\\u0000", "%00",
			"%", "_", "../../etc/passwd", "null", "undefined", "true", "-1", "0", "99999999999999999999", "1e400",
			"NaN", "{{ 'x' | append: 'y' }}", "{% for i in (1..10) %}{{ i }}{% endfor %}", "{{", "{%", "${7*7}",
			"<script>", "a@b", "a@b.example", "A@\u00fc.example", "http://[::1", "javascript:alert(1)", "\n\r\t",
			"00000000-0000-0000-0000-000000000000", "0", "in 'x' and", "did 'x' at least 99999999999999999999 times",
			"did 'x' in the last 999999999999 days", "not not not", "((((", "Order Completed", "marketing", "en",
			"zz-ZZ", "\u0130", "MARKETER", "a:b", "a/b", "\u00df".repeat(40), "welcome", "default", "*", "text/html");

	private static final List<JsonNode> OTHERS = List.of(JSON.nullNode(), JSON.booleanNode(true),
			JSON.booleanNode(false), JSON.numberNode(0), JSON.numberNode(-1), JSON.numberNode(Integer.MAX_VALUE),
			JSON.numberNode(Integer.MIN_VALUE), JSON.numberNode(Long.MAX_VALUE), JSON.numberNode(Long.MIN_VALUE),
			JSON.numberNode(new BigInteger("9".repeat(40))), JSON.numberNode(new BigDecimal("1e400")),
			JSON.numberNode(new BigDecimal("-1e-400")), JSON.numberNode(new BigDecimal("0.1")),
			JSON.numberNode(new BigDecimal("1e15")), JSON.numberNode(new BigDecimal("101")), JSON.arrayNode(),
			JSON.objectNode(), JSON.arrayNode().addNull(), JSON.arrayNode().add(JSON.arrayNode().addNull()),
			JSON.objectNode().putNull("x"), JSON.objectNode().putNull(""), JSON.objectNode().put("a\u0000b", 1),
			JSON.objectNode().put("\ud800", "x"), JSON.arrayNode().add("a\u0000b"),
			JSON.arrayNode().add("x").addNull());

	private final Random random;

	OddValues(Random random) {
		this.random = random;
	}

	<T> T any(List<T> values) {
		return values.get(this.random.nextInt(values.size()));
	}

	String text() {
		return switch (this.random.nextInt(12)) {
			case 0, 1, 2 -> any(DATES);
			case 3 -> "x".repeat(1 << this.random.nextInt(17));
			case 4 -> random(this.random.nextInt(20));
			default -> any(TEXTS);
		};
	}

	JsonNode json() {
		return switch (this.random.nextInt(8)) {
			case 0, 1, 2 -> JSON.textNode(text());
			case 3 -> JSON.numberNode(this.random.nextInt());
			case 4 -> nested(this.random.nextInt(60));
			// A body is changed in place
			default -> any(OTHERS).deepCopy();
		};
	}

	/** Arrays within arrays, as deep as asked for. */
	private static JsonNode nested(int depth) {
		ArrayNode outer = JSON.arrayNode();
		ArrayNode inner = outer;
		for (int level = 0; level < depth; level++) {
			inner = inner.addArray();
		}
		return outer;
	}

	private String random(int length) {
		StringBuilder text = new StringBuilder();
		for (int index = 0; index < length; index++) {
			text.append((char) this.random.nextInt(0x10000));
		}
		return text.toString();
	}

}
