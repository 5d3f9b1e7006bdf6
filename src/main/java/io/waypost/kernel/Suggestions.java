package io.waypost.kernel;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Finds the known name that is most similar to an unknown one. */
public final class Suggestions {

	private static final int MAX_LENGTH = 60;

	private Suggestions() {
	}

	/**
	 * Finds the name with the smallest edit distance (insertions, deletions,
	 * substitutions and transpositions of adjacent letters; Damerau 1964, optimal string
	 * alignment).
	 * @param written the unknown name, in any case, 2 to 60 letters
	 * @param names the known names
	 * @return the closest name, or empty when its distance is more than a third of the
	 * letters
	 */
	public static Optional<String> closest(String written, Collection<String> names) {
		String word = written.toLowerCase(Locale.ROOT);
		if (word.length() < 2 || word.length() > MAX_LENGTH) {
			return Optional.empty();
		}
		int max = Math.max(1, word.length() / 3);
		return names.stream()
			.map((name) -> new Candidate(name, distance(word, name.toLowerCase(Locale.ROOT))))
			.filter((candidate) -> candidate.distance() <= max)
			.min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
			.map(Candidate::name);
	}

	private record Candidate(String name, int distance) {

	}

	private static int distance(String one, String other) {
		int[] before = new int[other.length() + 1];
		int[] last = IntStream.rangeClosed(0, other.length()).toArray();
		for (int i = 1; i <= one.length(); i++) {
			int[] row = new int[other.length() + 1];
			row[0] = i;
			for (int j = 1; j <= other.length(); j++) {
				int change = (one.charAt(i - 1) == other.charAt(j - 1)) ? 0 : 1;
				row[j] = Math.min(Math.min(last[j], row[j - 1]) + 1, last[j - 1] + change);
				if (i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2)
						&& one.charAt(i - 2) == other.charAt(j - 1)) {
					row[j] = Math.min(row[j], before[j - 2] + 1);
				}
			}
			before = last;
			last = row;
		}
		return last[other.length()];
	}

}
