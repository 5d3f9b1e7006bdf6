package io.waypost.agent.llm.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.agent.write.CopyFacts;
import io.waypost.agent.write.GeneratedCopy;
import io.waypost.kernel.Fingerprint;
import org.jspecify.annotations.Nullable;

/** Reads copies from the answer of a model and sorts out what cannot be used. */
final class CopyReader {

	private static final String TEXT = "{\"type\":\"string\"}";

	private static final String SCHEMA = """
			{"type":"object","additionalProperties":false,"required":["copies"],"properties":{"copies":{"type":"array",
			"items":{"type":"object","additionalProperties":false,
			"required":["subject","preheader","headline","paragraphs","button","closing","claims"],"properties":{
			"subject":TEXT,"preheader":TEXT,"headline":TEXT,"paragraphs":{"type":"array","items":TEXT},
			"button":TEXT,"closing":TEXT,"claims":{"type":"array","items":{"type":"object","additionalProperties":false,
			"required":["text","fact"],"properties":{"text":TEXT,"fact":TEXT}}}}}}}}
			""".replace("TEXT", TEXT);

	private static final int LONGEST_LINE = 200;

	private static final int LONGEST_BUTTON = 60;

	private static final int LONGEST_PARAGRAPH = 1_200;

	private CopyReader() {
	}

	static String schema() {
		return SCHEMA;
	}

	/**
	 * Reads the copies that have the right form, that use known slots, and whose claims
	 * rely on known facts.
	 * @param answer an answer that matches the schema
	 * @param key key of the copy, part of the ids
	 * @param facts the facts of the prompt
	 * @return the copies in order, without duplicates
	 */
	static List<GeneratedCopy> read(JsonNode answer, String key, CopyFacts facts) {
		List<GeneratedCopy> copies = new ArrayList<>();
		for (JsonNode node : answer.path("copies")) {
			GeneratedCopy copy = copy(node, key);
			if (copy != null && facts.slots().keySet().containsAll(copy.slots()) && relyOnFacts(copy, facts)
					&& copies.stream().noneMatch((other) -> other.id().equals(copy.id()))) {
				copies.add(copy);
			}
		}
		return copies;
	}

	private static boolean relyOnFacts(GeneratedCopy copy, CopyFacts facts) {
		return copy.claims().stream().map(GeneratedCopy.CopyClaim::fact).allMatch((fact) -> {
			String name = fact.replaceAll("[${}]", "").strip();
			return facts.slots().containsKey(name) || facts.background().containsKey(name);
		});
	}

	private static @Nullable GeneratedCopy copy(JsonNode node, String key) {
		String subject = line(node, "subject", LONGEST_LINE);
		String preheader = line(node, "preheader", LONGEST_LINE);
		String headline = line(node, "headline", LONGEST_LINE);
		String button = line(node, "button", LONGEST_BUTTON);
		List<String> paragraphs = StreamSupport.stream(node.path("paragraphs").spliterator(), false)
			.map((paragraph) -> paragraph.asText().strip())
			.filter((paragraph) -> !paragraph.isEmpty())
			.toList();
		if (subject == null || preheader == null || headline == null || button == null || paragraphs.isEmpty()
				|| paragraphs.size() > GeneratedCopy.MAX_PARAGRAPHS
				|| paragraphs.stream().anyMatch((paragraph) -> paragraph.length() > LONGEST_PARAGRAPH)) {
			return null;
		}
		String closing = line(node, "closing", LONGEST_LINE);
		String id = Fingerprint.of(key, subject, preheader, headline, paragraphs, button, closing)
			.hex()
			.substring(0, 16);
		return new GeneratedCopy(id, subject, preheader, headline, paragraphs, button, closing, claims(node));
	}

	private static List<GeneratedCopy.CopyClaim> claims(JsonNode node) {
		return StreamSupport.stream(node.path("claims").spliterator(), false)
			.map((claim) -> new GeneratedCopy.CopyClaim(claim.path("text").asText(), claim.path("fact").asText()))
			.toList();
	}

	/** Returns a text of one line, null when it is empty or too long. */
	private static @Nullable String line(JsonNode node, String field, int longest) {
		String text = node.path(field).asText("").replaceAll("\\s+", " ").strip();
		return (text.isEmpty() || text.length() > longest) ? null : text;
	}

}
