package io.waypost.content.liquid.node;

import io.waypost.content.liquid.value.LiquidDrop;
import org.jspecify.annotations.Nullable;

/** The object {@code forloop}. */
final class ForLoop implements LiquidDrop {

	private final String name;

	private final long length;

	private final @Nullable LiquidDrop parent;

	private long index;

	ForLoop(String name, long length, @Nullable LiquidDrop parent) {
		this.name = name;
		this.length = length;
		this.parent = parent;
	}

	void advance() {
		this.index++;
	}

	@Override
	public @Nullable Object property(String property) {
		return switch (property) {
			case "name" -> this.name;
			case "length" -> this.length;
			case "parentloop" -> this.parent;
			case "index" -> this.index + 1;
			case "index0" -> this.index;
			case "rindex" -> this.length - this.index;
			case "rindex0" -> this.length - this.index - 1;
			case "first" -> this.index == 0;
			case "last" -> this.index == this.length - 1;
			default -> null;
		};
	}

	@Override
	public String toString() {
		return "Liquid::ForloopDrop";
	}

}
