package io.waypost.content.liquid.expression;

import java.util.HashMap;
import java.util.Map;

import io.waypost.content.liquid.filter.FilterContext;
import io.waypost.content.liquid.value.InputValue;
import io.waypost.content.liquid.value.LiquidDrop;
import io.waypost.content.liquid.value.LiquidException;
import io.waypost.content.liquid.value.RenderBudget;
import org.jspecify.annotations.Nullable;

/** State of one render: variables, loops, counters and the budget. */
public final class RenderContext {

	private final Map<String, ?> data;

	private final FilterContext filterContext;

	private final boolean strict;

	private final Map<String, @Nullable Object> assigned = new HashMap<>();

	private final Map<String, @Nullable Object> converted = new HashMap<>();

	private final Map<String, Long> counters = new HashMap<>();

	private final Map<Object, Integer> cycles = new HashMap<>();

	private final Map<String, Long> loopEnds = new HashMap<>();

	private @Nullable LoopScope loop;

	private @Nullable String lastOutput;

	private Interruption interruption = Interruption.NONE;

	private int offset;

	/**
	 * Starts a render.
	 * @param data values of the caller; read only
	 * @param filterContext budget and clock
	 * @param strict whether an undefined variable is an error
	 */
	public RenderContext(Map<String, ?> data, FilterContext filterContext, boolean strict) {
		this.data = data;
		this.filterContext = filterContext;
		this.strict = strict;
	}

	/** Returns the budget of the render. */
	public RenderBudget budget() {
		return this.filterContext.budget();
	}

	/** Sets the position that an error refers to. */
	public void at(int position) {
		this.offset = position;
	}

	/** Returns the offset of what is rendered now. */
	public int offset() {
		return this.offset;
	}

	/**
	 * Assigns a variable.
	 * @param name its name
	 * @param value its value
	 */
	public void assign(String name, @Nullable Object value) {
		this.assigned.put(name, value);
	}

	/**
	 * Changes a counter.
	 * @param name its name
	 * @param change 1 or -1
	 * @return the new number
	 */
	public long count(String name, long change) {
		Long start = this.counters.get(name);
		if (start == null) {
			start = (dataOf(name) instanceof Long number) ? number : 0L;
		}
		long next = start + change;
		this.counters.put(name, next);
		return next;
	}

	/**
	 * Starts a loop.
	 * @param variable name of its variable
	 * @param dropName name of its state, {@code forloop} or {@code tablerowloop}
	 * @param drop its state
	 */
	public void startLoop(String variable, String dropName, LiquidDrop drop) {
		this.loop = new LoopScope(variable, dropName, drop, this.loop);
	}

	/** Sets the element of the innermost loop. */
	public void element(@Nullable Object element) {
		if (this.loop != null) {
			this.loop.setElement(element);
		}
	}

	/** Ends the innermost loop. */
	public void endLoop() {
		if (this.loop != null) {
			this.loop = this.loop.parent();
		}
	}

	/** Returns the state of the innermost {@code for} loop, null outside of loops. */
	public @Nullable LiquidDrop innermostLoop() {
		return LoopScope.innermost(this.loop, "forloop");
	}

	/** Stops the block that is rendered. */
	public void interrupt(Interruption reason) {
		this.interruption = reason;
	}

	/** Whether the block that is rendered has to stop. */
	public boolean isInterrupted() {
		return this.interruption != Interruption.NONE;
	}

	/** Returns what stopped the block and continues behind it. */
	public Interruption resume() {
		Interruption reason = this.interruption;
		this.interruption = Interruption.NONE;
		return reason;
	}

	/** Returns the positions of {@code cycle} tags by their group. */
	public Map<Object, Integer> cycles() {
		return this.cycles;
	}

	/** Returns where the last loop of each name ended, for {@code offset: continue}. */
	public Map<String, Long> loopEnds() {
		return this.loopEnds;
	}

	/**
	 * Compares with the last output of {@code ifchanged}.
	 * @param output the output
	 * @return whether it differs
	 */
	public boolean changes(String output) {
		boolean changed = !output.equals(this.lastOutput);
		this.lastOutput = output;
		return changed;
	}

	FilterContext filterContext() {
		return this.filterContext;
	}

	boolean isStrict() {
		return this.strict;
	}

	/** Finds a variable: in loops, then assigned, counters, values of the caller. */
	@Nullable Object find(String name, int position) {
		budget().step();
		for (LoopScope scope = this.loop; scope != null; scope = scope.parent()) {
			if (scope.defines(name)) {
				return scope.get(name);
			}
		}
		if (this.assigned.containsKey(name)) {
			return this.assigned.get(name);
		}
		Long counter = this.counters.get(name);
		if (counter != null) {
			return counter;
		}
		if (this.strict && !this.data.containsKey(name)) {
			throw LiquidException.at(position, "'%s' is not defined; add it to the data or use assign".formatted(name));
		}
		return dataOf(name);
	}

	private @Nullable Object dataOf(String name) {
		Object known = this.converted.get(name);
		if (known != null) {
			return known;
		}
		Object value = InputValue.convert(this.data.get(name), budget());
		this.converted.put(name, value);
		return value;
	}

}
