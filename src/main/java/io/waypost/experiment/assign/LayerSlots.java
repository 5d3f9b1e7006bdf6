package io.waypost.experiment.assign;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Slots of a layer. The people of a layer are divided into 10,000 slots; experiments of
 * the layer have disjoint ranges of slots, so each person is in one of them at most.
 */
public final class LayerSlots {

	public static final int TOTAL = 10_000;

	private LayerSlots() {
	}

	/**
	 * A range of adjacent slots.
	 *
	 * @param from first slot
	 * @param to end of the range, exclusive
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
	 * Changes the number of an experiment's slots and keeps as many of its current slots
	 * as possible: raising traffic only adds people, lowering it only removes some.
	 * @param owned current ranges, in the order in which they were allocated
	 * @param taken ranges of other experiments
	 * @param requested total number of slots
	 * @return the new ranges; fewer slots than requested when the layer is full
	 */
	static List<SlotRange> resize(List<SlotRange> owned, List<SlotRange> taken, int requested) {
		int missing = requested - size(owned);
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
