package io.waypost.agent.llm.answer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Reads the JSON object of an answer. It accepts code fences and text around the object,
 * typographic quotation marks as delimiters and commas before a closing bracket. It
 * refuses answers with two different objects, because either may be the one that is
 * meant.
 */
public final class AnswerReader {

	private static final ObjectReader STRICT = JsonMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build()
		.reader();

	private static final ObjectReader LENIENT = JsonMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
		.enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
		.build()
		.reader();

	/** Limits the time for a hostile answer: each brace may cause a scan of the rest. */
	private static final int MAX_BRACES = 20;

	private AnswerReader() {
	}

	/**
	 * Reads an answer.
	 * @param text answer of a model
	 * @param schema what it must match
	 * @return the answer as JSON
	 * @throws UnusableAnswerException when there is no object, more than one, or one that
	 * does not match
	 */
	public static JsonNode read(String text, AnswerSchema schema) {
		JsonNode answer = parse(STRICT, text).filter((json) -> !json.isMissingNode()).orElseGet(() -> object(text));
		List<String> problems = schema.problems(answer);
		if (!problems.isEmpty()) {
			throw new UnusableAnswerException("does not match the schema: " + String.join("; ", problems));
		}
		return answer;
	}

	private static JsonNode object(String text) {
		if (text.isBlank()) {
			throw new UnusableAnswerException("empty");
		}
		Set<JsonNode> objects = new LinkedHashSet<>();
		for (String candidate : candidates(text)) {
			Optional<JsonNode> parsed = parse(LENIENT, candidate);
			if (parsed.isEmpty() && startsLikeObject(candidate, 0)) {
				throw new UnusableAnswerException("unreadable JSON object");
			}
			parsed.ifPresent(objects::add);
		}
		if (objects.size() != 1) {
			throw new UnusableAnswerException(
					objects.isEmpty() ? "no JSON object" : objects.size() + " different JSON objects");
		}
		return objects.iterator().next();
	}

	/**
	 * Finds texts from an opening to its closing brace. An object that does not end makes
	 * the answer unusable: it is truncated.
	 */
	private static List<String> candidates(String text) {
		List<String> candidates = new ArrayList<>();
		int at = text.indexOf('{');
		for (int tries = 0; at >= 0; tries++) {
			if (tries == MAX_BRACES) {
				throw new UnusableAnswerException("too many braces");
			}
			AnswerObject object = AnswerObject.at(text, at);
			if (object.isComplete()) {
				candidates.add(object.json());
			}
			else if (startsLikeObject(text, at)) {
				throw new UnusableAnswerException("truncated JSON object");
			}
			at = text.indexOf('{', object.isComplete() ? object.end() : at + 1);
		}
		return candidates;
	}

	private static boolean startsLikeObject(String text, int at) {
		int next = at + 1;
		while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
			next++;
		}
		return next >= text.length() || AnswerObject.isQuote(text.charAt(next));
	}

	private static Optional<JsonNode> parse(ObjectReader reader, String json) {
		try {
			return Optional.ofNullable(reader.readTree(json));
		}
		catch (JsonProcessingException ex) {
			return Optional.empty();
		}
	}

}
