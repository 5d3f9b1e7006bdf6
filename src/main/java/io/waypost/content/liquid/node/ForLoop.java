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
			default -> position(property, this.index, this.length);
		};
	}

	/** Returns the properties that both kinds of loops have. */
	static @Nullable Object position(String property, long index, long length) {
		return switch (property) {
			case "index" -> index + 1;
			case "index0" -> index;
			case "rindex" -> length - index;
			case "rindex0" -> length - index - 1;
			case "first" -> index == 0;
			case "last" -> index == length - 1;
			default -> null;
		};
	}

	@Override
	public String toString() {
		return "Liquid::ForloopDrop";
	}

}
