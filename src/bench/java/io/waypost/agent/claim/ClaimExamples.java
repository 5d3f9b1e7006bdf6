package io.waypost.agent.claim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.agent.phrase.SentenceSplitter;
import org.jspecify.annotations.Nullable;

/**
 * Training sentences: {@code <set>-<language>.jsonl} has one sentence a row;
 * {@code templates-<language>.txt} has sentences with alternatives, from which some
 * variants are drawn; {@code copy-<language>.txt} has texts without claims.
 */
final class ClaimExamples {

	private static final ObjectMapper JSON = new ObjectMapper();

	private static final int VARIANTS = 25;

	private static final Pattern ALTERNATIVES = Pattern.compile("\\{([^{}]*)}");

	private ClaimExamples() {
	}

	/**
	 * Reads all files. A sentence that occurs twice counts once. The rows of a kind in a
	 * file are divided into blocks of neighbours, because neighbours resemble each other.
	 */
	static List<ClaimExample> read(List<Path> files, int blocks) throws IOException {
		Map<String, ClaimExample> examples = new LinkedHashMap<>();
		for (Path file : files) {
			String name = file.getFileName().toString();
			String language = name.substring(name.lastIndexOf('-') + 1, name.lastIndexOf('.'));
			Map<String, List<List<String>>> kinds = name.startsWith("copy-") ? prose(file)
					: name.startsWith("templates-") ? templates(file) : rows(file);
			kinds.forEach((kind, groups) -> {
				for (int i = 0; i < groups.size(); i++) {
					for (String text : groups.get(i)) {
						examples.putIfAbsent(language + text, new ClaimExample(text, kind(kind, file), language,
								i * blocks / groups.size(), name.endsWith(".jsonl")));
					}
				}
			});
		}
		return List.copyOf(examples.values());
	}

	private static Map<String, List<List<String>>> rows(Path file) throws IOException {
		Map<String, List<List<String>>> kinds = new LinkedHashMap<>();
		for (String line : Files.readAllLines(file)) {
			if (!line.isBlank()) {
				JsonNode row = JSON.readTree(line);
				kinds.computeIfAbsent(row.path("kind").textValue(), (kind) -> new ArrayList<>())
					.add(List.of(row.path("text").textValue()));
			}
		}
		return kinds;
	}

	/** Whole texts without claims. */
	private static Map<String, List<List<String>>> prose(Path file) throws IOException {
		return Map.of("none",
				SentenceSplitter.split(Files.readString(file))
					.stream()
					.map((sentence) -> sentence.text().strip())
					.filter((sentence) -> !sentence.isEmpty())
					.map(List::of)
					.toList());
	}

	/** A line is a comment, a kind in brackets, or a template. */
	private static Map<String, List<List<String>>> templates(Path file) throws IOException {
		Map<String, List<List<String>>> kinds = new LinkedHashMap<>();
		List<List<String>> kind = new ArrayList<>();
		for (String line : Files.readAllLines(file)) {
			if (line.startsWith("[")) {
				kind = kinds.computeIfAbsent(line.substring(1, line.length() - 1), (name) -> new ArrayList<>());
			}
			else if (!line.isBlank() && !line.startsWith("#")) {
				kind.add(variants(line));
			}
		}
		return kinds;
	}

	/** Draws variants of a template; the same template always gives the same ones. */
	private static List<String> variants(String template) {
		Random random = new Random(ClaimTrainer.SEED + template.hashCode());
		Set<String> variants = new LinkedHashSet<>();
		for (int i = 0; i < VARIANTS; i++) {
			variants.add(ALTERNATIVES.matcher(template).replaceAll((match) -> {
				String[] choices = match.group(1).split("\\|", -1);
				return Matcher.quoteReplacement(choices[random.nextInt(choices.length)]);
			}));
		}
		return List.copyOf(variants);
	}

	/** The files of the project that have training sentences. */
	static List<Path> files(Path project) throws IOException {
		try (Stream<Path> own = Files.list(project.resolve("src/bench/claims"));
				Stream<Path> copy = Files.list(project.resolve("src/bench/resources/language"))) {
			return Stream.concat(own, copy.filter((file) -> file.getFileName().toString().startsWith("copy-")))
				.filter((file) -> file.toString().matches(".*-(?:en|de|fr)\\.(?:jsonl|txt)"))
				.sorted()
				.toList();
		}
	}

	private static @Nullable ClaimKind kind(String name, Path file) {
		if (name.equals("none")) {
			return null;
		}
		try {
			return ClaimKind.valueOf(name.toUpperCase(Locale.ROOT));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("%s has the unknown kind '%s'".formatted(file, name), ex);
		}
	}

	/**
	 * A sentence.
	 *
	 * @param text the sentence
	 * @param kind what it claims, null for nothing
	 * @param language language of the file
	 * @param block block of neighbouring rows
	 * @param independent whether it is a row of its own, not a variant of a template
	 */
	record ClaimExample(String text, @Nullable ClaimKind kind, String language, int block,
			boolean independent) {

	}

}
