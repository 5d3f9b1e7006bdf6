package io.waypost.experiment.assign;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A layer's people, cut into 10,000 slots. Experiments of a layer own disjoint ranges of
 * them, so nobody is in two of them.
 */
public final class LayerSlots {

	public static final int TOTAL = 10_000;

	private LayerSlots() {
	}

	/**
	 * Slots next to one another.
	 *
	 * @param from first
	 * @param to behind the last
	 */
	public record SlotRange(int from, int to) {

		int size() {
			return this.to - this.from;
		}

	}

	public static int slotsFor(double share) {
		return (int) Math.round(share * TOTAL);
	}

	static int size(List<SlotRange> ranges) {
		return ranges.stream().mapToInt(SlotRange::size).sum();
	}

	/**
	 * Grows or shrinks what is owned and keeps all the rest of it, so that raising
	 * traffic only adds people and lowering it only takes some away.
	 * @param owned so far, in the order of acquisition
	 * @param taken by others
	 * @param wanted how many slots in all
	 * @return the new ranges; fewer slots than wanted when the layer is full
	 */
	static List<SlotRange> resize(List<SlotRange> owned, List<SlotRange> taken, int wanted) {
		int missing = wanted - size(owned);
		return (missing < 0) ? shrink(owned, -missing) : grow(owned, taken, missing);
	}

	private static List<SlotRange> shrink(List<SlotRange> owned, int surplus) {
		List<SlotRange> kept = new ArrayList<>(owned);
		int left = surplus;
		while (left > 0) {
			SlotRange last = kept.removeLast();
			if (last.size() > left) {
				kept.add(new SlotRange(last.from(), last.to() - left));
			}
			left -= Math.min(left, last.size());
		}
		return kept;
	}

	private static List<SlotRange> grow(List<SlotRange> owned, List<SlotRange> taken, int missing) {
		List<SlotRange> grown = new ArrayList<>(owned);
		int left = missing;
		for (SlotRange gap : gaps(owned, taken)) {
			int size = Math.min(left, gap.size());
			if (size > 0) {
				grown.add(new SlotRange(gap.from(), gap.from() + size));
				left -= size;
			}
		}
		return grown;
	}

	private static List<SlotRange> gaps(List<SlotRange> owned, List<SlotRange> taken) {
		List<SlotRange> used = new ArrayList<>(owned);
		used.addAll(taken);
		used.sort(Comparator.comparingInt(SlotRange::from));
		List<SlotRange> gaps = new ArrayList<>();
		int next = 0;
		for (SlotRange range : used) {
			if (range.from() > next) {
				gaps.add(new SlotRange(next, range.from()));
			}
			next = range.to();
		}
		gaps.add(new SlotRange(next, TOTAL));
		return gaps;
	}

}
