package io.waypost.agent.claim;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The trained model: weights of {@code /guard/claims.bin} and thresholds of
 * {@code /guard/claims.json}, which also names training data, seed, parameters and
 * figures.
 *
 * @param weights the weights
 * @param thresholds thresholds by language
 */
record ClaimModel(ClaimWeights weights, Map<String, LanguageThresholds> thresholds) {

	/** Language of the thresholds for every language that was not trained. */
	static final String OTHER = "other";

	ClaimModel {
		thresholds = Map.copyOf(thresholds);
	}

	static ClaimModel read() {
		try (InputStream file = open("/guard/claims.bin"); InputStream description = open("/guard/claims.json")) {
			Map<String, LanguageThresholds> thresholds = new HashMap<>();
			new ObjectMapper().readTree(description)
				.path("thresholds")
				.properties()
				.forEach((language) -> thresholds.put(language.getKey(), LanguageThresholds.of(language.getValue())));
			return new ClaimModel(ClaimWeights.read(new GZIPInputStream(file)), thresholds);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The claim classifier cannot be read; train it again", ex);
		}
	}

	private static InputStream open(String resource) {
		InputStream bytes = ClaimModel.class.getResourceAsStream(resource);
		if (bytes == null) {
			throw new IllegalStateException(
					"The resource %s is missing; train the claim classifier".formatted(resource));
		}
		return bytes;
	}

	LanguageThresholds thresholds(String language) {
		LanguageThresholds own = this.thresholds.get(language);
		return (own != null) ? own : this.thresholds.getOrDefault(OTHER, LanguageThresholds.NONE);
	}

	/**
	 * Thresholds of a language.
	 *
	 * @param kinds by kind
	 * @param any for a claim of any kind
	 */
	record LanguageThresholds(Map<ClaimKind, Threshold> kinds, Threshold any) {

		/** Thresholds that no score reaches. */
		static final LanguageThresholds NONE = new LanguageThresholds(Map.of(), Threshold.NEVER);

		static LanguageThresholds of(JsonNode json) {
			Map<ClaimKind, Threshold> kinds = new EnumMap<>(ClaimKind.class);
			for (ClaimKind kind : ClaimKind.values()) {
				kinds.put(kind, Threshold.of(json.path(kind.code())));
			}
			return new LanguageThresholds(kinds, Threshold.of(json.path("any")));
		}

		Threshold of(ClaimKind kind) {
			return this.kinds.getOrDefault(kind, Threshold.NEVER);
		}

	}

	/**
	 * Scores from which a claim is reported.
	 *
	 * @param review from here a claim is probable
	 * @param certain from here a claim is as certain as a phrase
	 */
	record Threshold(double review, double certain) {

		/** A threshold that no score reaches. */
		static final Threshold NEVER = new Threshold(Double.MAX_VALUE, Double.MAX_VALUE);

		static Threshold of(JsonNode json) {
			return new Threshold(json.path("review").asDouble(Double.MAX_VALUE),
					json.path("certain").asDouble(Double.MAX_VALUE));
		}

	}

}
