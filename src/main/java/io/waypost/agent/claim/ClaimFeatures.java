package io.waypost.agent.claim;

import java.util.Arrays;
import java.util.Set;

import io.waypost.agent.phrase.TextTokens;

/**
 * Hashed features of a sentence: words, pairs and triples of words, beginnings of words,
 * words behind a negation, and character n-grams within words. Case and accents are
 * folded, and every number is the same word. Each of the two groups, words and character
 * n-grams, has at most the Euclidean length 1.
 */
final class ClaimFeatures {

	/** Number of hash buckets. */
	static final int BUCKETS = 1 << 17;

	private static final int SHORTEST_GRAM = 3;

	private static final int LONGEST_GRAM = 5;

	private static final int STEM = 5;

	/** Short sentences have fewer features, which must not weigh more. */
	private static final int FEWEST = 40;

	/** Number of words that a negation reaches. */
	private static final int REACH = 3;

	static final float WORD_WEIGHT = 1.0f;

	static final float GRAM_WEIGHT = 1.0f;

	private static final Set<String> NEGATIONS = Set.of("no", "not", "never", "without", "nothing", "none", "t", "kein",
			"keine", "keinen", "keinem", "keiner", "nicht", "nie", "ohne", "nichts", "pas", "sans", "aucun", "aucune",
			"jamais", "rien", "plus", "ne", "n");

	private static final String NUMBER = "#";

	private final String[] words;

	private int[] buckets = new int[512];

	private int size;

	private final int wordFeatures;

	private ClaimFeatures(String[] words) {
		this.words = words;
		addWords();
		this.wordFeatures = this.size;
		for (String word : words) {
			addGrams(word);
		}
	}

	/** Reads a sentence. */
	static ClaimFeatures of(String sentence) {
		TextTokens tokens = TextTokens.of(sentence);
		String[] words = new String[tokens.size()];
		int count = 0;
		for (int i = 0; i < tokens.size(); i++) {
			String word = tokens.word(i);
			char first = word.charAt(0);
			if (first >= '0' && first <= '9') {
				words[count++] = NUMBER;
			}
			else if (Character.isLetter(first) || first == '%') {
				words[count++] = word;
			}
		}
		return new ClaimFeatures(Arrays.copyOf(words, count));
	}

	/** Returns the number of words. */
	int words() {
		return this.words.length;
	}

	/** Returns the number of features, those of words first. */
	int size() {
		return this.size;
	}

	/** Returns the bucket of a feature; several features may share one. */
	int bucket(int index) {
		return this.buckets[index];
	}

	/** Returns the value of a feature. */
	float value(int index) {
		boolean word = index < this.wordFeatures;
		int group = word ? this.wordFeatures : this.size - this.wordFeatures;
		return 1 / (float) Math.sqrt(Math.max(group, word ? FEWEST : 2 * FEWEST));
	}

	private void addWords() {
		int negated = 0;
		for (int at = 0; at < this.words.length; at++) {
			String word = this.words[at];
			int hash = word.hashCode();
			add(1, hash);
			add(2, pair(stem(word), stem(word(at + 1))));
			add(3, pair(hash, word(at + 1).hashCode()));
			add(4, pair(pair(hash, word(at + 1).hashCode()), word(at + 2).hashCode()));
			add(5, pair(hash, word(at + 2).hashCode()));
			add(6, stem(word));
			if (negated > 0) {
				add(7, stem(word));
				negated--;
			}
			if (NEGATIONS.contains(word)) {
				negated = REACH;
			}
		}
		add(3, pair(0, word(0).hashCode()));
	}

	private String word(int at) {
		return (at < this.words.length) ? this.words[at] : "";
	}

	private static int stem(String word) {
		return ((word.length() > STEM) ? word.substring(0, STEM) : word).hashCode();
	}

	private static int pair(int left, int right) {
		return left * 0x9E3779B1 + right;
	}

	/** N-grams of the word with a mark before and behind it. */
	private void addGrams(String word) {
		int length = word.length() + 2;
		for (int start = 0; start < length - 1; start++) {
			int hash = 0;
			for (int end = start; end < Math.min(length, start + LONGEST_GRAM); end++) {
				char letter = (end == 0 || end == length - 1) ? '_' : word.charAt(end - 1);
				hash = hash * 31 + letter;
				if (end - start + 1 >= SHORTEST_GRAM) {
					add(8, hash);
				}
			}
		}
	}

	private void add(int type, int hash) {
		if (this.size == this.buckets.length) {
			this.buckets = Arrays.copyOf(this.buckets, this.size * 2);
		}
		int mixed = (hash ^ type * 0x85EBCA6B) * 0xC2B2AE35;
		mixed ^= mixed >>> 15;
		mixed *= 0x27D4EB2F;
		this.buckets[this.size++] = (mixed ^ mixed >>> 16) & (BUCKETS - 1);
	}

}
