package io.waypost.access.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/** Ids that responses contained, so that requests reach existing objects. */
final class KnownIds {

	/** Accounts of the test itself have this prefix; no request names them. */
	static final String KEPT = "keep-";

	private static final Pattern LINK = Pattern.compile("/(?:u|t/[oc])/([A-Za-z0-9._~-]{20,})");

	private static final int PER_NAME = 40;

	private final Map<String, List<String>> byName = new ConcurrentHashMap<>();

	private final Random random = new Random(1);

	void learn(JsonNode response) {
		if (response.isArray()) {
			response.forEach(this::learn);
		}
		response.properties().forEach((field) -> {
			if (field.getValue().isTextual()) {
				add(field.getKey(), field.getValue().textValue());
			}
			else {
				learn(field.getValue());
			}
		});
	}

	void learnLinks(String response) {
		Matcher links = LINK.matcher(response);
		while (links.find()) {
			add("token", links.group(1));
		}
	}

	void add(String name, String value) {
		if (value.length() > 300 || value.contains(KEPT) || value.contains("platform")) {
			return;
		}
		List<String> values = this.byName.computeIfAbsent(name, (any) -> new ArrayList<>());
		synchronized (values) {
			if (values.size() < PER_NAME) {
				values.add(value);
			}
			else {
				values.set(this.random.nextInt(PER_NAME), value);
			}
		}
	}

	String anyOr(String name, String fallback) {
		List<String> values = this.byName.getOrDefault(name, List.of());
		synchronized (values) {
			return values.isEmpty() ? fallback : values.get(this.random.nextInt(values.size()));
		}
	}

	/** A value of a placeholder in a path: also values of fields with another name. */
	String ofPath(String placeholder, Random choice) {
		List<String> names = switch (placeholder) {
			case "id" -> List.of("id", "name", "sendId", "key");
			case "key" -> List.of("key", "template", "name");
			case "taskId", "definitionId", "content", "digest", "keyId" -> List.of("id", placeholder);
			default -> List.of(placeholder);
		};
		return anyOr(names.get(choice.nextInt(names.size())), "unknown");
	}

}
