package io.waypost.agent.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Ranks candidates and selects a varied set: one product per kind and at most two of one
 * price band, as long as there are enough candidates.
 */
final class RecommendationRanking {

	private static final int PER_BAND = 2;

	private RecommendationRanking() {
	}

	/**
	 * Selects products.
	 * @param candidates candidates; of several for one product the best counts
	 * @param limit maximum number of products
	 * @return the selection, best first
	 */
	static List<Recommendation> select(Collection<Recommendation> candidates, int limit) {
		Map<String, Recommendation> best = new HashMap<>();
		candidates.forEach((candidate) -> best.merge(candidate.product().id(), candidate,
				(one, other) -> (one.score() >= other.score()) ? one : other));
		List<Recommendation> ranked = new ArrayList<>(best.values());
		ranked.sort(Comparator.comparingDouble(Recommendation::score)
			.reversed()
			.thenComparing((candidate) -> candidate.product().id()));
		List<Recommendation> selected = new ArrayList<>();
		add(selected, ranked, limit, true, true);
		add(selected, ranked, limit, true, false);
		add(selected, ranked, limit, false, false);
		selected.sort(Comparator.comparingDouble(Recommendation::score)
			.reversed()
			.thenComparing((candidate) -> candidate.product().id()));
		return selected;
	}

	private static void add(List<Recommendation> selected, List<Recommendation> ranked, int limit, boolean byKind,
			boolean byBand) {
		Set<String> kinds = new HashSet<>();
		Map<Integer, Integer> bands = new HashMap<>();
		selected.forEach((one) -> count(one, kinds, bands));
		for (Recommendation candidate : ranked) {
			boolean varied = (!byKind || !kinds.contains(kind(candidate)))
					&& (!byBand || bands.getOrDefault(band(candidate), 0) < PER_BAND);
			if (selected.size() < limit && varied && !selected.contains(candidate)) {
				selected.add(candidate);
				count(candidate, kinds, bands);
			}
		}
	}

	private static void count(Recommendation selected, Set<String> kinds, Map<Integer, Integer> bands) {
		kinds.add(kind(selected));
		bands.merge(band(selected), 1, Integer::sum);
	}

	/** A product of an unknown kind is a kind of its own. */
	private static String kind(Recommendation candidate) {
		String kind = candidate.product().details().kind();
		return (kind != null) ? candidate.product().category() + '/' + kind : '/' + candidate.product().id();
	}

	/** Prices of one band differ by a factor of two at most. */
	private static int band(Recommendation candidate) {
		return Math.getExponent(candidate.product().price().amount().doubleValue());
	}

}
