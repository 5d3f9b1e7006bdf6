package io.waypost.agent.evaluate;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Trains the language models of the evaluator. Arguments: the folder of the project, and a
 * folder with {@code <code>/} for each language, which holds the pages of the LibreOffice
 * help ({@code *.html}) and, if there is one, a Hunspell dictionary
 * ({@code index.dic, index.aff}). The result depends on these files only.
 */
public final class LanguageModelTrainer {

	private static final List<String> LANGUAGES = List.of("en", "de", "fr");

	/** Weight of the project's own copy against a page of the help. */
	private static final int COPY_WEIGHT = 12;

	private static final Pattern PARAGRAPH = Pattern.compile(
			"<p [^>]*class=\"(?:paragraph|tablecontent|listitem|note|tip|warning)\"[^>]*>(.*?)</p>", Pattern.DOTALL);

	private static final Pattern FRAGMENT = Pattern.compile("text: \"([^\"]*)\"");

	private final String language;

	private final Map<String, Integer> words = new HashMap<>();

	private final Map<Integer, Integer> classes = new HashMap<>();

	private final Map<Integer, Integer> pairs = new HashMap<>();

	private final Map<Integer, Integer> triples = new HashMap<>();

	private final Map<Integer, Integer> vocabulary = new HashMap<>();

	private long total;

	private LanguageModelTrainer(String language) {
		this.language = language;
	}

	/**
	 * Trains all languages.
	 * @param arguments project folder, folder of the texts
	 * @throws IOException if a file cannot be read or written
	 */
	public static void main(String[] arguments) throws IOException {
		Path project = Path.of(arguments[0]);
		for (String language : LANGUAGES) {
			LanguageModelTrainer trainer = new LanguageModelTrainer(language);
			List<CopySentence> copy = trainer.sentences(copy(project, language));
			List<CopySentence> help = trainer.sentences(help(Path.of(arguments[1], language)));
			trainer.count(copy, COPY_WEIGHT);
			trainer.count(help, 1);
			trainer.train(copy, COPY_WEIGHT);
			trainer.train(help, 1);
			trainer.spell(project, Path.of(arguments[1], language));
			Path file = project.resolve("src/main/resources/language/" + language + ".bin");
			trainer.write(file);
			System.out.printf("%s: %d sentences of copy, %d of help, %d tokens, %d known forms, %d KB%n", language,
					copy.size(), help.size(), trainer.total, trainer.vocabulary.size(), Files.size(file) / 1024);
		}
	}

	/** The writer's fragments and the copy written for training. */
	private static List<String> copy(Path project, String language) throws IOException {
		List<String> texts = new ArrayList<>();
		Matcher fragments = FRAGMENT
			.matcher(Files.readString(project.resolve("src/main/resources/writer/" + language + ".yaml")));
		while (fragments.find()) {
			texts.add(fragments.group(1).replaceAll("\\$?\\{\\{? ?\\w+ ?}?}", "Anna"));
		}
		texts.addAll(Files.readAllLines(project.resolve("src/bench/resources/language/copy-" + language + ".txt")));
		return texts;
	}

	/** Further known words, which are not part of sentences. */
	private static List<String> words(Path project, String language) throws IOException {
		Path file = project.resolve("src/bench/resources/language/words-" + language + ".txt");
		return Files.exists(file) ? Files.readAllLines(file) : List.of();
	}

	private static List<String> help(Path folder) throws IOException {
		Set<String> texts = new LinkedHashSet<>();
		try (Stream<Path> files = Files.walk(folder)) {
			for (Path page : files.filter((file) -> file.toString().endsWith(".html")).sorted().toList()) {
				Matcher paragraphs = PARAGRAPH.matcher(Files.readString(page));
				while (paragraphs.find()) {
					String text = plain(paragraphs.group(1));
					if (text.length() > 30 && ".!?:".indexOf(text.charAt(text.length() - 1)) >= 0) {
						texts.add(text);
					}
				}
			}
		}
		return new ArrayList<>(texts);
	}

	private static String plain(String html) {
		return html.replaceAll("<[^>]+>", "")
			.replace("&nbsp;", " ")
			.replace("&lt;", "<")
			.replace("&gt;", ">")
			.replace("&quot;", "\"")
			.replace("&amp;", "&")
			.replaceAll("\\s+", " ")
			.strip();
	}

	private List<CopySentence> sentences(List<String> texts) {
		return texts.stream()
			.flatMap((text) -> CopySentence.split(text, this.language.equals("fr")).stream())
			.toList();
	}

	private void count(List<CopySentence> sentences, int weight) {
		sentences.forEach((sentence) -> sentence.lower().forEach((word) -> this.words.merge(word, weight, Integer::sum)));
	}

	private void train(List<CopySentence> sentences, int weight) {
		for (CopySentence sentence : sentences) {
			int before = NGramTable.hash(LanguageModel.START);
			int last = before;
			this.classes.merge(last, weight, Integer::sum);
			this.pairs.merge(NGramTable.combine(before, last), weight, Integer::sum);
			for (int at = 0; at <= sentence.tokens().size(); at++) {
				int next = (at == sentence.tokens().size()) ? NGramTable.hash(LanguageModel.END) : token(sentence, at);
				int pair = NGramTable.combine(last, next);
				this.classes.merge(next, weight, Integer::sum);
				this.pairs.merge(pair, weight, Integer::sum);
				this.triples.merge(NGramTable.combine(before, pair), weight, Integer::sum);
				this.total += weight;
				before = last;
				last = next;
			}
		}
	}

	private int token(CopySentence sentence, int at) {
		String lower = sentence.lower().get(at);
		return NGramTable.hash((this.words.getOrDefault(lower, 0) >= LanguageModel.FREQUENT) ? lower
				: LanguageModel.wordClass(this.language, sentence.tokens().get(at), lower, at == 0));
	}

	private void spell(Path project, Path folder) throws IOException {
		Map<String, Integer> known = new HashMap<>(this.words);
		if (Files.exists(folder.resolve("index.dic"))) {
			dictionary(folder).forEach((word) -> known.merge(word, 1, Integer::sum));
		}
		for (String line : words(project, this.language)) {
			CopySentence.of(line, false).lower().forEach((word) -> known.merge(word, COPY_WEIGHT, Integer::sum));
		}
		known.keySet().removeIf((word) -> !Character.isLetter(word.charAt(0)));
		known.keySet().forEach((word) -> this.vocabulary.put(NGramTable.hash(word), 1));
	}

	/** Expands the stems of a Hunspell dictionary by its suffixes. */
	private static Set<String> dictionary(Path folder) throws IOException {
		Map<String, List<String[]>> suffixes = new HashMap<>();
		boolean longFlags = false;
		for (String line : Files.readAllLines(folder.resolve("index.aff"))) {
			String[] fields = line.split("\\s+");
			longFlags |= line.startsWith("FLAG long");
			if (fields[0].equals("SFX") && fields.length >= 5) {
				suffixes.computeIfAbsent(fields[1], (key) -> new ArrayList<>()).add(fields);
			}
		}
		Set<String> words = new LinkedHashSet<>();
		for (String line : Files.readAllLines(folder.resolve("index.dic"))) {
			String[] entry = line.split("\\s", -1)[0].split("/", 2);
			words.add(entry[0].toLowerCase(Locale.ROOT));
			String flags = (entry.length > 1) ? entry[1] : "";
			int length = longFlags ? 2 : 1;
			for (int at = 0; at + length <= flags.length(); at += length) {
				suffixes.getOrDefault(flags.substring(at, at + length), List.of())
					.forEach((rule) -> expand(entry[0], rule, words));
			}
		}
		return words;
	}

	private static void expand(String stem, String[] rule, Set<String> words) {
		String strip = rule[2].equals("0") ? "" : rule[2];
		String add = rule[3].split("/", -1)[0];
		if (stem.endsWith(strip) && stem.matches(".*" + rule[4])) {
			words.add((stem.substring(0, stem.length() - strip.length()) + (add.equals("0") ? "" : add))
				.toLowerCase(Locale.ROOT));
		}
	}

	private void write(Path file) {
		this.triples.values().removeIf((count) -> count < 2);
		try {
			Files.createDirectories(file.getParent());
			try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
				out.writeInt(LanguageModel.FORMAT);
				out.writeLong(this.total);
				for (Map<Integer, Integer> table : List.of(this.classes, this.pairs, this.triples, this.vocabulary)) {
					NGramTable.write(out, table);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(file + " cannot be written", ex);
		}
	}

}
