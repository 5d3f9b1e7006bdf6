package io.waypost.agent.evaluate;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;

import org.jspecify.annotations.Nullable;

/**
 * Word n-grams and known words of a language, read from {@code language/<code>.bin} when
 * the language is first used. {@code LanguageModelTrainer} writes these files;
 * docs/quality.md names the texts.
 */
final class LanguageModel {

	static final int FORMAT = 2;

	static final String START = "<s>";

	static final String END = "</s>";

	/** Rarer tokens are replaced by their word class. */
	static final int FREQUENT = 6;

	private static final Map<String, LanguageModel> LOADED = new ConcurrentHashMap<>();

	private final String language;

	private final long total;

	private final NGramTable classes;

	private final NGramTable pairs;

	private final NGramTable triples;

	private final NGramTable vocabulary;

	private LanguageModel(String language, DataInputStream in) throws IOException {
		this.language = language;
		if (in.readInt() != FORMAT) {
			throw new IOException("language/%s.bin has another format; train it again".formatted(language));
		}
		this.total = in.readLong();
		this.classes = NGramTable.read(in);
		this.pairs = NGramTable.read(in);
		this.triples = NGramTable.read(in);
		this.vocabulary = NGramTable.read(in);
	}

	/**
	 * Returns the model of a language.
	 * @param language ISO 639 code
	 * @return the model, null when there is none
	 */
	static @Nullable LanguageModel of(String language) {
		LanguageModel loaded = LOADED.get(language);
		if (loaded != null || !isSupported(language)) {
			return loaded;
		}
		return LOADED.computeIfAbsent(language, LanguageModel::load);
	}

	static boolean isSupported(String language) {
		return language.equals("en") || language.equals("de") || language.equals("fr");
	}

	private static LanguageModel load(String language) {
		try (InputStream file = LanguageModel.class.getResourceAsStream("/language/" + language + ".bin")) {
			if (file == null) {
				throw new IllegalStateException("language/%s.bin is missing on the class path".formatted(language));
			}
			return new LanguageModel(language,
					new DataInputStream(new BufferedInputStream(new GZIPInputStream(file), 1 << 16)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("language/%s.bin cannot be read".formatted(language), ex);
		}
	}

	/**
	 * Returns how much more likely the tokens are in this order than in any order: the
	 * mean over the tokens of log2 P(token | two tokens before) - log2 P(token).
	 * @param sentence the sentence
	 * @return about 2 to 4 for fluent text, near 0 and below for tokens in random order
	 */
	double order(CopySentence sentence) {
		int before = NGramTable.hash(START);
		int last = before;
		double sum = 0;
		int size = sentence.tokens().size();
		for (int at = 0; at <= size; at++) {
			int next = (at == size) ? NGramTable.hash(END) : classHash(sentence, at);
			sum += gain(before, last, next);
			before = last;
			last = next;
		}
		return sum / (size + 1);
	}

	/** log2 P(next | before, last) - log2 P(next). */
	private double gain(int before, int last, int next) {
		double single = (this.classes.count(next) + 0.5) / (this.total + 1.0);
		int pairCount = this.classes.count(last);
		int pair = NGramTable.combine(last, next);
		double byPair = (pairCount > 0) ? (double) this.pairs.count(pair) / pairCount : 0;
		int context = this.pairs.count(NGramTable.combine(before, last));
		double byTriple = (context > 0) ? (double) this.triples.count(NGramTable.combine(before, pair)) / context
				: byPair;
		double joint = 0.1 * single + 0.5 * byPair + 0.4 * byTriple;
		return Math.log(joint / single) / Math.log(2);
	}

	/**
	 * Returns how much rarer the pairs of frequent tokens are than chance: for each pair
	 * the natural logarithm of expected over observed occurrences, at most 6, over the
	 * number of tokens.
	 * @param sentence the sentence
	 * @return 0 and more; about 0.15 for fluent text, 0.8 for tokens in random order
	 */
	double clashes(CopySentence sentence) {
		double sum = 0;
		int last = NGramTable.hash(START);
		int size = sentence.tokens().size();
		for (int at = 0; at <= size; at++) {
			int next = (at == size) ? NGramTable.hash(END) : classHash(sentence, at);
			double expected = (double) this.classes.count(last) * this.classes.count(next) / this.total;
			int count = this.pairs.count(NGramTable.combine(last, next));
			if (expected > 2 && count < expected) {
				sum += Math.min(6, Math.log(expected / (count + 0.5)));
			}
			last = next;
		}
		return sum / size;
	}

	private int classHash(CopySentence sentence, int at) {
		String lower = sentence.lower().get(at);
		int hash = NGramTable.hash(lower);
		if (this.classes.count(hash) >= FREQUENT) {
			return hash;
		}
		return NGramTable.hash(wordClass(this.language, sentence.tokens().get(at), lower, at == 0));
	}

	/** Class of a rare token: number, name, or its last letters. */
	static String wordClass(String language, String token, String lower, boolean first) {
		if (Character.isDigit(token.charAt(0))) {
			return "<number>";
		}
		boolean capital = Character.isUpperCase(token.charAt(0));
		if (capital && !first && !language.equals("de")) {
			return "<name>";
		}
		String end = (lower.length() > 4) ? lower.substring(lower.length() - 2) : lower.length() + "";
		return ((capital && !first) ? "<N" : "<w") + end + '>';
	}

	/** Whether the word, in lower case, is in the vocabulary. */
	boolean knows(String lower) {
		return this.vocabulary.count(NGramTable.hash(lower)) > 0;
	}

	/** Whether the word is known, or composed of known words. */
	boolean isPlausible(String lower) {
		if (knows(lower)) {
			return true;
		}
		if (!this.language.equals("de")) {
			return false;
		}
		for (int at = 3; at <= lower.length() - 3; at++) {
			String head = lower.substring(0, at);
			if (knows(lower.substring(at)) && (knows(head) || head.endsWith("s") && knows(head.substring(0, at - 1)))) {
				return true;
			}
		}
		return false;
	}

}
