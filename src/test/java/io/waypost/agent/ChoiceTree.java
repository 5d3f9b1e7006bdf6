package io.waypost.agent;

import java.util.ArrayList;
import java.util.List;

/**
 * Enumerates every combination of choices, depth first. A run calls {@link #choose} for
 * each choice; {@link #next} starts the next run until every combination was used.
 */
public final class ChoiceTree {

	private final List<Choice> taken = new ArrayList<>();

	private int depth;

	private boolean diverged;

	/**
	 * Chooses an option: the same as in the previous run up to the last choice with
	 * unused options, then the first option.
	 * @param name name of the choice
	 * @param options the options
	 * @return the option of this run
	 */
	public String choose(String name, List<String> options) {
		if (this.depth == this.taken.size()) {
			this.taken.add(new Choice(name, options, 0));
		}
		Choice choice = this.taken.get(this.depth++);
		if (!choice.name().equals(name) || !choice.options().equals(options)) {
			this.diverged = true;
			return options.getFirst();
		}
		return choice.options().get(choice.index());
	}

	/** Starts the same run again. */
	public void repeat() {
		this.depth = 0;
		this.diverged = false;
	}

	/** Whether the run had other choices than the one that it repeats. */
	public boolean hasDiverged() {
		return this.diverged || this.depth != this.taken.size();
	}

	/**
	 * Starts the next run.
	 * @return false when every combination was used
	 */
	public boolean next() {
		while (!this.taken.isEmpty()) {
			Choice last = this.taken.removeLast();
			if (last.index() + 1 < last.options().size()) {
				this.taken.add(new Choice(last.name(), last.options(), last.index() + 1));
				repeat();
				return true;
			}
		}
		return false;
	}

	private record Choice(String name, List<String> options, int index) {

	}

}
