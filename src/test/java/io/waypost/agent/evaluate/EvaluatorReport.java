package io.waypost.agent.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.content.EmailDraft;
import io.waypost.content.TemplateCopy;

/**
 * Prints how many e-mails of each {@code *.jsonl} file are below the thresholds of the
 * decision table {@code fallback}. Arguments: folder of the spoiled files or one file,
 * and optionally {@code verbose} and names of files without {@code .jsonl}. The records
 * have the fields of an inspection; {@code clean} files are counted by
 * {@code skeleton % 3}.
 */
public final class EvaluatorReport {

	private static final ObjectMapper JSON = new ObjectMapper();

	private static final double QUALITY = 0.7;

	private static final double RELEVANCE = 0.6;

	private final DraftScorer scorer = new DraftScorer();

	private final boolean verbose;

	private EvaluatorReport(boolean verbose) {
		this.verbose = verbose;
	}

	/**
	 * Prints the report.
	 * @param arguments folder or file, options
	 * @throws IOException if a file cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		List<String> options = List.of(arguments).subList(1, arguments.length);
		EvaluatorReport report = new EvaluatorReport(options.contains("verbose"));
		List<String> names = options.stream().filter((option) -> !option.equals("verbose")).toList();
		int below = 0;
		int all = 0;
		for (Path file : files(Path.of(arguments[0]))) {
			String name = file.getFileName().toString().replace(".jsonl", "");
			if (names.isEmpty() || names.contains(name)) {
				int[] counts = report.print(name, file);
				below += counts[0];
				all += counts[1];
			}
		}
		System.out.printf("%-28s %4d of %4d below = %.1f %%%n", "all", below, all, 100.0 * below / Math.max(1, all));
	}

	private static List<Path> files(Path path) throws IOException {
		if (Files.isRegularFile(path)) {
			return List.of(path);
		}
		try (Stream<Path> files = Files.list(path)) {
			return files.filter((file) -> file.toString().endsWith(".jsonl")).sorted().toList();
		}
	}

	private int[] print(String name, Path file) throws IOException {
		Map<String, int[]> counts = new TreeMap<>();
		Map<String, Map<String, Integer>> limitsOf = new TreeMap<>();
		int[] sum = new int[2];
		for (String line : Files.readAllLines(file)) {
			JsonNode mail = JSON.readTree(line);
			DraftScores scores = this.scorer.score(draft(mail), context(mail));
			boolean low = scores.quality() < QUALITY || scores.relevance() < RELEVANCE;
			String group = group(name, mail);
			int[] count = counts.computeIfAbsent(group, (key) -> new int[2]);
			count[0] += low ? 1 : 0;
			count[1]++;
			sum[0] += low ? 1 : 0;
			sum[1]++;
			List<DraftScores.ScorePart> weak = weak(scores);
			Map<String, Integer> limits = limitsOf.computeIfAbsent(group, (key) -> new TreeMap<>());
			weak.forEach((part) -> limits.merge(part.name(), 1, Integer::sum));
			// A clean e-mail that is refused, and a spoiled one that is not, are of
			// interest
			if (this.verbose && low == isClean(mail)) {
				print(mail, scores, weak);
			}
		}
		counts.forEach((group, count) -> System.out.printf("%-28s %4d of %4d below = %.1f %%  %s%n", group, count[0],
				count[1], 100.0 * count[0] / count[1], limitsOf.get(group)));
		return sum;
	}

	/** A file, in halves for clean e-mails of one frame, or a kind within a file. */
	private static String group(String name, JsonNode mail) {
		if (mail.has("skeleton")) {
			return name + ((mail.get("skeleton").asInt() % 3 == 0) ? " skeleton % 3 == 0" : " skeleton % 3 != 0");
		}
		return (mail.has("kind") && !mail.path("kind").asText().equals(name)) ? name + ' ' + mail.get("kind").asText()
				: name;
	}

	static boolean isClean(JsonNode mail) {
		return mail.has("skeleton") || mail.path("id").asText().startsWith("clean");
	}

	private static List<DraftScores.ScorePart> weak(DraftScores scores) {
		return scores.parts()
			.stream()
			.filter((part) -> part.limit() && part.value() < (part.score().equals("quality") ? QUALITY : RELEVANCE))
			.toList();
	}

	private static void print(JsonNode mail, DraftScores scores, List<DraftScores.ScorePart> weak) {
		System.out.printf("  %s %s quality %.2f relevance %.2f | %s | %s | %s%n", mail.get("id").asText(),
				mail.get("locale").asText(), scores.quality(), scores.relevance(), mail.get("subject").asText(),
				mail.get("text").asText().replace('\n', '/'), mail.get("note"));
		weak.forEach((part) -> System.out.printf("      %s %.2f %s%n", part.name(), part.value(), part.why()));
	}

	static EmailDraft draft(JsonNode mail) {
		String subject = mail.get("subject").asText();
		return new EmailDraft(mail.get("locale").asText(), subject, mail.path("preheader").asText(), subject,
				TemplateCopy.paragraphs(mail.get("text").asText()), List.of(),
				new EmailDraft.CallToAction(mail.path("callToAction").asText(), "https://shop.example/"), null);
	}

	private static List<String> offers(JsonNode mail) {
		List<String> offers = new ArrayList<>();
		mail.at("/facts/offers")
			.forEach((offer) -> offers.add(offer.isTextual() ? offer.asText() : offer.path("terms").asText()));
		return offers;
	}

	static ScoringContext context(JsonNode mail) {
		List<String> products = new ArrayList<>();
		mail.at("/facts/products").forEach((product) -> products.add(product.get("name").asText()));
		return new ScoringContext(Locale.forLanguageTag(mail.get("locale").asText()), "Example Shop", products, null,
				mail.path("goal").asText(null), false, offers(mail));
	}

}
