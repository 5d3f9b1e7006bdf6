package io.waypost.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A layer's people, cut into 10,000 slots. Experiments of a layer own disjoint ranges of
 * them, so nobody is in two of them.
 */
final class Slots {

	static final int ALL = 10_000;

	private Slots() {
	}

	/**
	 * Slots next to one another.
	 *
	 * @param from first
	 * @param to behind the last
	 */
	record Range(int from, int to) {

		int size() {
			return this.to - this.from;
		}

	}

	static int count(double share) {
		return (int) Math.round(share * ALL);
	}

	static int size(List<Range> ranges) {
		return ranges.stream().mapToInt(Range::size).sum();
	}

	/**
	 * Grows or shrinks what is owned and keeps all the rest of it, so that raising
	 * traffic only adds people and lowering it only takes some away.
	 * @param owned so far, in the order of acquisition
	 * @param taken by others
	 * @param wanted how many slots in all
	 * @return the new ranges; fewer slots than wanted when the layer is full
	 */
	static List<Range> resize(List<Range> owned, List<Range> taken, int wanted) {
		int missing = wanted - size(owned);
		return (missing < 0) ? shrink(owned, -missing) : grow(owned, taken, missing);
	}

	private static List<Range> shrink(List<Range> owned, int surplus) {
		List<Range> kept = new ArrayList<>(owned);
		int left = surplus;
		while (left > 0) {
			Range last = kept.removeLast();
			if (last.size() > left) {
				kept.add(new Range(last.from(), last.to() - left));
			}
			left -= Math.min(left, last.size());
		}
		return kept;
	}

	private static List<Range> grow(List<Range> owned, List<Range> taken, int missing) {
		List<Range> grown = new ArrayList<>(owned);
		int left = missing;
		for (Range gap : gaps(owned, taken)) {
			int size = Math.min(left, gap.size());
			if (size > 0) {
				grown.add(new Range(gap.from(), gap.from() + size));
				left -= size;
			}
		}
		return grown;
	}

	private static List<Range> gaps(List<Range> owned, List<Range> taken) {
		List<Range> used = new ArrayList<>(owned);
		used.addAll(taken);
		used.sort(Comparator.comparingInt(Range::from));
		List<Range> gaps = new ArrayList<>();
		int next = 0;
		for (Range range : used) {
			if (range.from() > next) {
				gaps.add(new Range(next, range.from()));
			}
			next = range.to();
		}
		gaps.add(new Range(next, ALL));
		return gaps;
	}

}
