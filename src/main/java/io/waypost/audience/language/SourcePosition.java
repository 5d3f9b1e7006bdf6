package io.waypost.audience.language;

/**
 * Position in the text of a definition.
 *
 * @param line from 1
 * @param column from 1
 */
public record SourcePosition(int line, int column) {

	@Override
	public String toString() {
		return "line %d, column %d".formatted(this.line, this.column);
	}

}
