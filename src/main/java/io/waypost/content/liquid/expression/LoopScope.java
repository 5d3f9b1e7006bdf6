package io.waypost.content.liquid.expression;

import io.waypost.content.liquid.value.LiquidDrop;
import org.jspecify.annotations.Nullable;

/** The variables of a loop that is running: its element and its state. */
final class LoopScope {

	private final String variable;

	private final String dropName;

	private final LiquidDrop drop;

	private final @Nullable LoopScope parent;

	private @Nullable Object element;

	LoopScope(String variable, String dropName, LiquidDrop drop, @Nullable LoopScope parent) {
		this.variable = variable;
		this.dropName = dropName;
		this.drop = drop;
		this.parent = parent;
	}

	void setElement(@Nullable Object element) {
		this.element = element;
	}

	@Nullable LoopScope parent() {
		return this.parent;
	}

	boolean defines(String name) {
		return name.equals(this.variable) || name.equals(this.dropName);
	}

	@Nullable Object get(String name) {
		return name.equals(this.variable) ? this.element : this.drop;
	}

	/** Returns the state of the innermost loop of a kind. */
	static @Nullable LiquidDrop innermost(@Nullable LoopScope scope, String dropName) {
		for (LoopScope current = scope; current != null; current = current.parent) {
			if (current.dropName.equals(dropName)) {
				return current.drop;
			}
		}
		return null;
	}

}
