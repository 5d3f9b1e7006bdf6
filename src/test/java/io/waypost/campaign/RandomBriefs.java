package io.waypost.campaign;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.testing.PublicApi;

/** Valid briefs, built from the description of the API. */
final class RandomBriefs {

	private static final List<String> NAMES = List.of("Spring letter", "x", "Größe & Maß", "春のお知らせ", "emoji 🎉",
			"quote \" and \\ and /", "a,b;c", "<b>bold</b>", "n".repeat(100), "null", "true", "12");

	private static final List<String> DURATIONS = List.of("PT1H", "PT4H", "PT90M", "P1D", "PT36H", "PT5400S", "P2D",
			"PT24H");

	private static final List<String> REACTIONS = List.of("PT1H", "PT60M", "PT3600S", "PT30M");

	private static final List<String> TEXTS = List.of("Time for the garden, {{ first_name }}?", "Plain text",
			"{{ first_name | default: 'friend' }}, look", "50 % more", "Ünïcödé 🎉", "a \"quoted\" text");

	private final RandomGenerator random;

	private final String template;

	private final String segment;

	RandomBriefs(RandomGenerator random, String template, String segment) {
		this.random = random;
		this.template = template;
		this.segment = segment;
	}

	ObjectNode next() {
		ObjectNode brief = PublicApi.JSON.createObjectNode();
		brief.put("name", pick(NAMES)).put("template", this.template).put("segment", this.segment);
		if (chance()) {
			brief.put("goal", pick(List.of("welcome", "spring-sale", "winback")));
		}
		if (chance()) {
			brief.put("category", pick(List.of("Kitchen", "Garden & Balcony", "Été")));
		}
		if (chance()) {
			brief.put("schedule", schedule());
		}
		switch (this.random.nextInt(4)) {
			case 0 -> brief.put("holdoutPercent", this.random.nextInt(51));
			case 1 -> brief.put("holdoutPercent", this.random.nextInt(1, 500) / 10.0);
			default -> {
			}
		}
		if (chance()) {
			brief.put("bestHourWithin", pick(List.of("PT1H", "PT6H", "PT24H", "P1D", "PT90M")));
		}
		if (chance()) {
			brief.set("experiment", experiment());
		}
		return brief;
	}

	private String schedule() {
		Instant at = Instant.now().plus(this.random.nextInt(1, 60), ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
		return switch (this.random.nextInt(4)) {
			case 0 -> at.toString();
			case 1 -> OffsetDateTime.ofInstant(at, ZoneOffset.ofHours(2)).toString();
			case 2 -> at.plusMillis(250).toString();
			default -> OffsetDateTime.ofInstant(at, ZoneOffset.ofHoursMinutes(-3, -30)).toString();
		};
	}

	private ObjectNode experiment() {
		ObjectNode experiment = PublicApi.JSON.createObjectNode();
		ArrayNode variants = experiment.putArray("variants");
		int number = this.random.nextInt(2, 7);
		for (int variant = 0; variant < number; variant++) {
			String name = List.of("plain", "question", "a", "variant-3", "z9", "sixth").get(variant);
			if (chance()) {
				variants.add(name);
			}
			else {
				ObjectNode object = variants.addObject().put("name", name);
				for (String text : List.of("subject", "preheader", "headline", "body", "callToAction")) {
					if (this.random.nextInt(3) == 0) {
						object.put(text, pick(TEXTS));
					}
				}
			}
		}
		if (chance()) {
			experiment.put("metric", pick(List.of("click", "conversion")));
		}
		if (chance()) {
			experiment.put("testPercent", pick(List.of(10, 20, 50, 100, 33.3)).doubleValue());
		}
		if (chance()) {
			experiment.put("testDuration", pick(DURATIONS));
		}
		if (chance()) {
			experiment.put("reactionWindow", pick(REACTIONS));
		}
		return experiment;
	}

	private boolean chance() {
		return this.random.nextBoolean();
	}

	private <T> T pick(List<T> values) {
		return values.get(this.random.nextInt(values.size()));
	}

}
