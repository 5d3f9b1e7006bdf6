package io.waypost.agent;

import java.util.ArrayList;
import java.util.List;

/**
 * Walks every combination of choices, depth first. A walk asks {@link #choose} whenever
 * it may go on in several ways; {@link #next} leads to the next walk until all are done.
 */
public final class ChoiceTree {

	private final List<Choice> taken = new ArrayList<>();

	private int depth;

	private boolean diverged;

	/**
	 * Chooses one of several options: as in the walk before up to the last choice that
	 * has options left, then the first.
	 * @param question what is asked
	 * @param options what can be answered
	 * @return the answer of this walk
	 */
	public String choose(String question, List<String> options) {
		if (this.depth == this.taken.size()) {
			this.taken.add(new Choice(question, options, 0));
		}
		Choice choice = this.taken.get(this.depth++);
		if (!choice.question().equals(question) || !choice.options().equals(options)) {
			this.diverged = true;
			return options.getFirst();
		}
		return choice.options().get(choice.index());
	}

	/** Begins the same walk again. */
	public void repeat() {
		this.depth = 0;
		this.diverged = false;
	}

	/** Whether the walk asked something else than the one that it repeats. */
	public boolean hasDiverged() {
		return this.diverged || this.depth != this.taken.size();
	}

	/**
	 * Goes on to the next walk.
	 * @return false when every combination was walked
	 */
	public boolean next() {
		while (!this.taken.isEmpty()) {
			Choice last = this.taken.removeLast();
			if (last.index() + 1 < last.options().size()) {
				this.taken.add(new Choice(last.question(), last.options(), last.index() + 1));
				repeat();
				return true;
			}
		}
		return false;
	}

	private record Choice(String question, List<String> options, int index) {

	}

}
