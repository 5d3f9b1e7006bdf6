package io.waypost.agent.embed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import io.waypost.agent.phrase.SentenceSplitter;

/**
 * English texts that the word embeddings are fitted to: definitions and examples of
 * WordNet, and texts of the project. Also the words of the model and the glossary.
 */
final class DistillationTexts {

	private static final Pattern EXAMPLE = Pattern.compile("\"([^\"]+)\"?");

	private static final Pattern LETTERS = Pattern.compile("\\p{L}+");

	private static final int FEWEST_WORDS = 4;

	private static final int MOST_WORDS = 40;

	private static final ObjectMapper JSON = new ObjectMapper();

	private DistillationTexts() {
	}

	/** Returns the words of a text in lower case, of two letters or more. */
	static List<String> words(String text) {
		List<String> words = new ArrayList<>();
		Matcher matcher = LETTERS.matcher(text.toLowerCase(java.util.Locale.ROOT));
		while (matcher.find()) {
			if (matcher.end() - matcher.start() > 1) {
				words.add(matcher.group());
			}
		}
		return words;
	}

	/** Returns definitions, with up to three words that they define, and examples. */
	static List<String> wordNet(Path folder) throws IOException {
		TreeSet<String> texts = new TreeSet<>();
		for (String part : List.of("noun", "verb", "adj", "adv")) {
			for (String line : Files.readAllLines(folder.resolve("data." + part), StandardCharsets.ISO_8859_1)) {
				int bar = line.indexOf('|');
				if (!line.startsWith(" ") && bar > 0) {
					addGloss(line.substring(0, bar).split(" "), line.substring(bar + 1), texts);
				}
			}
		}
		texts.removeIf((text) -> words(text).size() < FEWEST_WORDS || words(text).size() > MOST_WORDS);
		return List.copyOf(texts);
	}

	private static void addGloss(String[] fields, String gloss, TreeSet<String> texts) {
		List<String> defined = new ArrayList<>();
		for (int i = 0; i < Math.min(3, Integer.parseInt(fields[3], 16)); i++) {
			defined.add(fields[4 + 2 * i].replace('_', ' ').replaceAll("\\(\\w+\\)$", ""));
		}
		Matcher examples = EXAMPLE.matcher(gloss);
		while (examples.find()) {
			texts.add(examples.group(1).strip());
		}
		if (Character.isLowerCase(defined.getFirst().charAt(0))) {
			texts.add(String.join(", ", defined) + ": "
					+ EXAMPLE.matcher(gloss).replaceAll("").replaceAll("[; ]+$", "").strip());
		}
	}

	/** Returns English sentences of the project: copy, examples of claims, the catalogue. */
	static List<String> project(Path project) throws IOException {
		TreeSet<String> texts = new TreeSet<>();
		for (String line : Files.readAllLines(project.resolve("src/bench/resources/language/copy-en.txt"))) {
			texts.add(line.strip());
			SentenceSplitter.split(line).forEach((sentence) -> texts.add(sentence.text().strip()));
		}
		for (String file : List.of("sentences-en.jsonl", "drafts-en.jsonl")) {
			for (String line : Files.readAllLines(project.resolve("src/bench/claims").resolve(file))) {
				texts.add(JSON.readTree(line).path("text").asText().replace('\n', ' ').strip());
			}
		}
		addEnglish(JSON.readTree(project.resolve("src/main/resources/sample/catalogue.json").toFile()), texts);
		texts.removeIf((text) -> words(text).size() < FEWEST_WORDS);
		return List.copyOf(texts);
	}

	/** Returns copy and example sentences of the project in a language. */
	static List<String> copy(Path project, String language) throws IOException {
		List<String> texts = new ArrayList<>(
				Files.readAllLines(project.resolve("src/bench/resources/language/copy-" + language + ".txt")));
		for (String line : Files.readAllLines(project.resolve("src/bench/claims/sentences-" + language + ".jsonl"))) {
			texts.add(JSON.readTree(line).path("text").asText());
		}
		return texts;
	}

	private static void addEnglish(JsonNode node, TreeSet<String> texts) {
		if (node.path("en").isTextual()) {
			texts.add(node.get("en").asText().replace('\n', ' ').strip());
		}
		node.forEach((child) -> addEnglish(child, texts));
	}

	/** Returns the words of the vocabulary of the model, the most frequent first. */
	static List<String> modelWords() throws IOException {
		Path jar = Path.of(AllMiniLmL6V2QuantizedEmbeddingModel.class.getProtectionDomain()
			.getCodeSource()
			.getLocation()
			.getPath());
		try (ZipFile zip = new ZipFile(jar.toFile())) {
			JsonNode vocabulary = JSON
				.readTree(zip.getInputStream(zip.getEntry("all-minilm-l6-v2-q-tokenizer.json")))
				.at("/model/vocab");
			return vocabulary.properties()
				.stream()
				.sorted(Map.Entry.comparingByValue((a, b) -> Integer.compare(a.asInt(), b.asInt())))
				.map(Map.Entry::getKey)
				.filter((word) -> word.matches("[a-zà-ÿœ]{2,}"))
				.toList();
		}
	}

	/** Reads the glossary and the names of the catalogue. */
	static List<GlossaryEntry> glossary(Path project) throws IOException {
		List<GlossaryEntry> entries = new ArrayList<>();
		for (String line : Files.readAllLines(project.resolve("src/bench/embed/glossary.txt"))) {
			if (!line.startsWith("#")) {
				String[] parts = line.split("=", -1);
				entries.add(new GlossaryEntry(parts[0].strip(), entryWords(parts[1]), entryWords(parts[2])));
			}
		}
		JsonNode catalogue = JSON.readTree(project.resolve("src/main/resources/sample/catalogue.json").toFile());
		for (JsonNode kind : catalogue.findValues("kinds").stream().flatMap(JsonNode::valueStream).toList()) {
			entries.add(new GlossaryEntry(kind.get("name").asText(), oneWord(kind.at("/names/de").asText()),
					oneWord(kind.at("/names/fr").asText())));
		}
		return entries;
	}

	private static List<String> entryWords(String text) {
		return java.util.Arrays.stream(text.strip().split(" ")).flatMap((word) -> oneWord(word).stream()).toList();
	}

	/** A word of letters only, in lower case. */
	private static List<String> oneWord(String text) {
		String lower = text.toLowerCase(java.util.Locale.ROOT);
		return LETTERS.matcher(lower).matches() ? List.of(lower) : List.of();
	}

	/**
	 * A meaning.
	 *
	 * @param english one or more English words
	 * @param german German words
	 * @param french French words
	 */
	record GlossaryEntry(String english, List<String> german, List<String> french) {

	}

}
