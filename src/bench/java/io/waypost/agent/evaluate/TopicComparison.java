package io.waypost.agent.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import io.waypost.agent.embed.SentenceEmbedding;

/**
 * Compares the word embeddings with all-MiniLM-L6-v2 as judges of the topic: similarity of
 * the body and subject, preheader and facts. Arguments: files like those of
 * {@link EvaluatorReport}. Prints for each kind and language the share of pairs of a clean
 * and a spoiled e-mail in which the clean one has the larger similarity, the share of
 * spoiled ones below the second percentile of the clean ones, and the time of a text.
 */
public final class TopicComparison {

	private static final double QUANTILE = 0.02;

	private final String name;

	private final BiFunction<String, String, float[]> embedding;

	private final Map<String, List<Double>> similarities = new TreeMap<>();

	private long nanos;

	private int texts;

	private TopicComparison(String name, BiFunction<String, String, float[]> embedding) {
		this.name = name;
		this.embedding = embedding;
	}

	/**
	 * Prints the comparison.
	 * @param arguments files of e-mails
	 * @throws IOException if a file cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		AllMiniLmL6V2QuantizedEmbeddingModel model = new AllMiniLmL6V2QuantizedEmbeddingModel();
		SentenceEmbedding words = SentenceEmbedding.shared();
		List<TopicComparison> comparisons = List.of(new TopicComparison("words", words::embed),
				new TopicComparison("MiniLM", (text, language) -> model.embed(text).content().vector()));
		List<JsonNode> mails = new ArrayList<>();
		for (String file : arguments) {
			String kind = Path.of(file).getFileName().toString().replace(".jsonl", "");
			for (String line : Files.readAllLines(Path.of(file))) {
				JsonNode mail = new ObjectMapper().readTree(line);
				mails.add(mail);
				String group = EvaluatorReport.isClean(mail) ? "clean" : mail.path("kind").asText(kind);
				comparisons.forEach((comparison) -> comparison.add(group, mail));
			}
		}
		comparisons.getFirst().measureAgain(mails);
		comparisons.forEach(TopicComparison::print);
		// Threads of the runtime of the model stay alive
		System.exit(0);
	}

	private void add(String kind, JsonNode mail) {
		CopyText copy = CopyText.of(EvaluatorReport.draft(mail), EvaluatorReport.context(mail));
		this.similarities.computeIfAbsent(copy.language() + ' ' + kind, (key) -> new ArrayList<>())
			.add(similarity(copy));
	}

	private double similarity(CopyText copy) {
		String frame = copy.subject().text() + ". " + copy.preheader().text();
		String plan = String.join(" ", copy.names()) + ' ' + String.join(" ", copy.facts());
		StringBuilder body = new StringBuilder();
		copy.body().forEach((sentence) -> body.append(sentence.text()).append(' '));
		float[] vector = vector(body.toString(), copy.language());
		double closest = -1;
		for (String text : List.of(frame, plan, frame + ' ' + plan)) {
			closest = Math.max(closest, SentenceEmbedding.cosine(vector, vector(text, copy.language())));
		}
		return closest;
	}

	private float[] vector(String text, String language) {
		long start = System.nanoTime();
		float[] vector = this.embedding.apply(text.isBlank() ? "." : text, language);
		this.nanos += System.nanoTime() - start;
		this.texts++;
		return vector;
	}

	/** The first round was made by code that was not compiled yet. */
	private void measureAgain(List<JsonNode> mails) {
		for (int round = 0; round < 5; round++) {
			this.nanos = 0;
			this.texts = 0;
			mails.forEach((mail) -> similarity(
					CopyText.of(EvaluatorReport.draft(mail), EvaluatorReport.context(mail))));
		}
	}

	private void print() {
		System.out.printf("%s: %.1f us a text%n", this.name, this.nanos / 1e3 / this.texts);
		for (String language : new TreeSet<>(this.similarities.keySet().stream().map((key) -> key.substring(0, 2)).toList())) {
			double[] clean = this.similarities.get(language + " clean").stream().mapToDouble(Double::doubleValue).sorted().toArray();
			double threshold = clean[(int) (clean.length * QUANTILE)];
			this.similarities.forEach((kind, values) -> {
				if (kind.startsWith(language) && !kind.endsWith(" clean")) {
					double wins = values.stream()
						.mapToDouble((value) -> Arrays.stream(clean).filter((other) -> other > value).count())
						.sum();
					double below = values.stream().filter((value) -> value < threshold).count();
					System.out.printf("  %-32s order %.3f, below %.2f of %d%n", kind, wins / values.size() / clean.length,
							below / values.size(), values.size());
				}
			});
		}
	}

}
