package io.waypost.agent.embed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * Vectors of meaning for short texts: the sum of the vectors of their words, brought to
 * length 1, less the mean vector of ordinary copy in their language, brought to length 1
 * again. The vectors of the words are fitted so that this sum comes close to the vector
 * that the sentence model all-MiniLM-L6-v2 gives to the whole text; words that say little
 * have short vectors. German and French words have the vectors of their English
 * translations, so texts of different languages can be compared.
 * <p>
 * Immutable; threads may share it. {@code /embed/words.json} names source, licence,
 * parameters and figures; ADR 0196 describes the method.
 */
public final class SentenceEmbedding {

	/** Number of values in a vector. */
	public static final int DIMENSIONS = EmbeddingTable.DIMENSIONS;

	private static final char[][] LANGUAGES = { { WordForms.ENGLISH }, { WordForms.GERMAN }, { WordForms.FRENCH },
			{ WordForms.ENGLISH, WordForms.GERMAN, WordForms.FRENCH } };

	private static final int ANY = 3;

	private final WordForms words;

	private final EmbeddingTable table;

	SentenceEmbedding(EmbeddingTable table) {
		this.table = table;
		this.words = new WordForms(table);
	}

	/** Returns the embedding of the product. It is read at the first call. */
	public static SentenceEmbedding shared() {
		return Loaded.EMBEDDING;
	}

	/**
	 * Returns the vector of a text in a known language.
	 * @param text any text; its order of words has no effect
	 * @param language ISO 639 code; another language than German and French is read as
	 * English
	 * @return a vector of length 1, or of zeros when no word is known
	 */
	public float[] embed(String text, String language) {
		return vector(sum(text, language), language);
	}

	/**
	 * Returns the vector of a text in an unknown language: each word is looked up in
	 * English, then in German and French.
	 * @param text any text
	 * @return a vector of length 1, or of zeros when no word is known
	 */
	public float[] embed(String text) {
		return vector(sum(text, ANY), ANY);
	}

	/**
	 * Returns the sum of the vectors of the words of a text. Sums of several texts can be
	 * added; {@link #vector} makes a vector of them.
	 * @param text any text
	 * @param language ISO 639 code
	 * @return zeros when no word is known
	 */
	public float[] sum(String text, String language) {
		return sum(text, number(language));
	}

	/**
	 * Returns the vector of a sum.
	 * @param sum a sum of {@link #sum}; it stays as it is
	 * @param language ISO 639 code
	 * @return a vector of length 1, or of zeros for a sum of zeros
	 */
	public float[] vector(float[] sum, String language) {
		return vector(sum, number(language));
	}

	private float[] vector(float[] sum, int language) {
		float[] vector = sum.clone();
		if (normalise(vector)) {
			this.table.centre(language, vector);
			normalise(vector);
		}
		return vector;
	}

	float[] sum(String text, int language) {
		float[] sum = new float[DIMENSIONS];
		for (int at = 0; at < text.length();) {
			int end = at;
			while (end < text.length() && Character.isLetter(text.charAt(end))) {
				end++;
			}
			if (end > at + 1) {
				add(text.substring(at, end).toLowerCase(Locale.ROOT), LANGUAGES[language], sum);
			}
			at = Math.max(end, at + 1);
		}
		return sum;
	}

	private static int number(String language) {
		return switch (language) {
			case "de" -> 1;
			case "fr" -> 2;
			default -> 0;
		};
	}

	private void add(String word, char[] languages, float[] sum) {
		for (char language : languages) {
			if (this.words.add(language, word, sum)) {
				return;
			}
		}
	}

	/**
	 * Whether a word has a vector of its own. Compounds have not.
	 * @param word in lower case
	 * @param language ISO 639 code
	 * @return true as well for a word with an ending
	 */
	public boolean knows(String word, String language) {
		return this.words.knows(LANGUAGES[number(language)][0], word);
	}

	/**
	 * Returns the cosine of the angle between two vectors of {@link #embed}.
	 * @return -1 to 1; 0 when one of them has no known word
	 */
	public static double cosine(float[] left, float[] right) {
		double product = 0;
		for (int at = 0; at < left.length; at++) {
			product += left[at] * right[at];
		}
		return product;
	}

	/** Returns the number of known words and stems. */
	int size() {
		return this.table.size();
	}

	/** Brings a vector to length 1; returns false for zeros, which stay as they are. */
	static boolean normalise(float[] vector) {
		double square = 0;
		for (float value : vector) {
			square += value * value;
		}
		if (square == 0) {
			return false;
		}
		float factor = (float) (1 / Math.sqrt(square));
		for (int at = 0; at < vector.length; at++) {
			vector[at] *= factor;
		}
		return true;
	}

	/** Holder, so that the table is read when it is first used. */
	private static final class Loaded {

		static final SentenceEmbedding EMBEDDING = read();

		private static SentenceEmbedding read() {
			try (InputStream bytes = SentenceEmbedding.class.getResourceAsStream("/embed/words.bin")) {
				if (bytes == null) {
					throw new IllegalStateException(
							"The resource /embed/words.bin is missing; run EmbeddingDistillation");
				}
				return new SentenceEmbedding(EmbeddingTable.read(new GZIPInputStream(bytes)));
			}
			catch (IOException ex) {
				throw new UncheckedIOException("The word embeddings cannot be read; run EmbeddingDistillation", ex);
			}
		}

	}

}
