package io.waypost.agent.embed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Tells whether a text is about law, politics, science, sport, computers or other topics
 * that are unusual in the e-mails of a shop: a logistic regression on the vector of the
 * text. Immutable; threads may share it.
 */
public final class OtherTopicClassifier {

	private static final String RESOURCE = "/embed/other-topic.json";

	private final double[] weights;

	/** Creates the classifier of the product. */
	public OtherTopicClassifier() {
		this.weights = read();
	}

	/**
	 * Returns the logarithm of the odds that the topic is unusual for a shop.
	 * @param vector vector of the text, from {@link SentenceEmbedding}
	 * @return above 0 when an unusual topic is more probable; ordinary copy is mostly
	 * below -3
	 */
	public double score(float[] vector) {
		double score = this.weights[vector.length];
		for (int at = 0; at < vector.length; at++) {
			score += this.weights[at] * vector[at];
		}
		return score;
	}

	private static double[] read() {
		try (InputStream json = OtherTopicClassifier.class.getResourceAsStream(RESOURCE)) {
			if (json == null) {
				throw new IllegalStateException(
						"The resource %s is missing; run OtherTopicTraining".formatted(RESOURCE));
			}
			JsonNode weights = new ObjectMapper().readTree(json).path("weights");
			if (weights.size() != SentenceEmbedding.DIMENSIONS + 1) {
				throw new IllegalStateException("%s has %d weights instead of %d; run OtherTopicTraining"
					.formatted(RESOURCE, weights.size(), SentenceEmbedding.DIMENSIONS + 1));
			}
			return weights.valueStream().mapToDouble(JsonNode::doubleValue).toArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The resource %s cannot be read".formatted(RESOURCE), ex);
		}
	}

}
