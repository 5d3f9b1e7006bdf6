package io.waypost.agent.claim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import com.fasterxml.jackson.databind.ObjectMapper;
import de.bwaldvogel.liblinear.Linear;
import io.waypost.agent.claim.ClaimExamples.ClaimExample;
import io.waypost.agent.phrase.PhraseGrammar;
import io.waypost.agent.phrase.TextTokens;

/**
 * Trains the claim classifier. The argument is the folder of the project. Writes
 * {@code src/main/resources/guard/claims.bin} and {@code claims.json}, and prints the
 * figures of the cross-validation. The same files give the same weights.
 */
public final class ClaimTraining {

	private static final int BLOCKS = 5;

	private static final PhraseGrammar PHRASES = PhraseGrammar.read("/guard/claims.txt");

	private ClaimTraining() {
	}

	/**
	 * Trains and writes the model.
	 * @param arguments folder of the project; with a second argument the misses and false
	 * alarms of the cross-validation are printed
	 * @throws IOException if a file cannot be read or written
	 */
	public static void main(String[] arguments) throws IOException {
		Linear.disableDebugOutput();
		Path project = Path.of(arguments[0]);
		List<Path> files = ClaimExamples.files(project);
		List<ClaimExample> examples = new ArrayList<>(ClaimExamples.read(files, BLOCKS));
		// Terms such as "free delivery from 50 euros" need a fact, whatever their tone
		examples.removeIf((example) -> example.kind() == null && hasPhrase(example.text()));
		ClaimValidation validation = ClaimValidation.of(examples, BLOCKS, ClaimTraining::hasPhrase);
		Path folder = project.resolve("src/main/resources/guard");
		byte[] weights = bytes(ClaimTrainer.train(examples));
		Files.write(folder.resolve("claims.bin"), weights);
		Map<String, Object> description = new LinkedHashMap<>();
		description.put("trained", LocalDate.now(Clock.systemUTC()).toString());
		description.put("data", data(files, project));
		description.put("sentences", examples.size());
		description.put("model", Map.of("sha256", sha256(weights)));
		description.put("parameters", parameters());
		description.put("thresholds", validation.thresholds());
		description.put("figures", validation.figures());
		new ObjectMapper().writerWithDefaultPrettyPrinter()
			.writeValue(folder.resolve("claims.json").toFile(), description);
		System.out.printf("%,d sentences, model of %,d KB%n", examples.size(), weights.length / 1024);
		validation.print(arguments.length > 1);
	}

	/** Whether the phrases find a claim. */
	private static boolean hasPhrase(String text) {
		return PHRASES.find(TextTokens.of(text))
			.stream()
			.anyMatch((phrase) -> phrase.section().matches("(?:urgency|promise|health) .*"));
	}

	private static Map<String, Object> parameters() {
		Map<String, Object> parameters = new LinkedHashMap<>();
		parameters.put("seed", ClaimTrainer.SEED);
		parameters.put("solver", "liblinear 2.44, L2-regularised logistic regression, dual");
		parameters.put("cost", ClaimTrainer.COST);
		parameters.put("buckets", ClaimFeatures.BUCKETS);
		parameters.put("blocks", BLOCKS);
		parameters.put("falseAlarmRate", ClaimValidation.FALSE_ALARM_RATE);
		return parameters;
	}

	private static List<Map<String, String>> data(List<Path> files, Path project) throws IOException {
		List<Map<String, String>> data = new ArrayList<>();
		for (Path file : files) {
			Map<String, String> row = new LinkedHashMap<>();
			row.put("file", project.relativize(file).toString());
			row.put("sha256", sha256(Files.readAllBytes(file)));
			data.add(row);
		}
		return data;
	}

	private static byte[] bytes(ClaimWeights weights) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
			weights.write(out);
		}
		return bytes.toByteArray();
	}

	private static String sha256(byte[] bytes) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-256", ex);
		}
	}

}
