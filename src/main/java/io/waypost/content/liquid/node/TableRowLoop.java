package io.waypost.content.liquid.node;

import io.waypost.content.liquid.value.LiquidDrop;
import org.jspecify.annotations.Nullable;

/** The object {@code tablerowloop}. */
final class TableRowLoop implements LiquidDrop {

	private final long length;

	private final long columns;

	private long index;

	private long row = 1;

	private long column = 1;

	TableRowLoop(long length, long columns) {
		this.length = length;
		this.columns = columns;
	}

	void advance() {
		this.index++;
		if (this.column == this.columns) {
			this.column = 1;
			this.row++;
		}
		else {
			this.column++;
		}
	}

	boolean endsRow() {
		return this.column == this.columns && this.index < this.length - 1;
	}

	long row() {
		return this.row;
	}

	long column() {
		return this.column;
	}

	@Override
	public @Nullable Object property(String property) {
		return switch (property) {
			case "length" -> this.length;
			case "row" -> this.row;
			case "col" -> this.column;
			case "col0" -> this.column - 1;
			case "col_first" -> this.column == 1;
			case "col_last" -> this.column == this.columns;
			default -> ForLoop.position(property, this.index, this.length);
		};
	}

	@Override
	public String toString() {
		return "Liquid::TablerowloopDrop";
	}

}
