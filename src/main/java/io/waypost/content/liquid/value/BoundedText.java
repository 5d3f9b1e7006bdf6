package io.waypost.content.liquid.value;

/**
 * A text under construction. Each piece is charged to the budget before it is appended.
 */
public final class BoundedText {

	private final StringBuilder text = new StringBuilder();

	private final RenderBudget budget;

	private final boolean output;

	private BoundedText(RenderBudget budget, boolean output) {
		this.budget = budget;
		this.output = output;
	}

	/**
	 * Starts the rendered text.
	 * @param budget charged for its length
	 * @return an empty text
	 */
	public static BoundedText output(RenderBudget budget) {
		return new BoundedText(budget, true);
	}

	/**
	 * Starts an intermediate text.
	 * @param budget charged for its memory
	 * @return an empty text
	 */
	public static BoundedText intermediate(RenderBudget budget) {
		return new BoundedText(budget, false);
	}

	/**
	 * Appends a text.
	 * @param piece the text
	 * @return this
	 */
	public BoundedText append(String piece) {
		charge(piece.length());
		this.text.append(piece);
		return this;
	}

	/**
	 * Appends a part of a text.
	 * @param piece the text
	 * @param from index of the first character
	 * @param to index after the last character
	 * @return this
	 */
	public BoundedText append(String piece, int from, int to) {
		charge(to - from);
		this.text.append(piece, from, to);
		return this;
	}

	/**
	 * Appends a character.
	 * @param character the character
	 * @return this
	 */
	public BoundedText append(char character) {
		charge(1);
		this.text.append(character);
		return this;
	}

	/** Returns the length so far. */
	public int length() {
		return this.text.length();
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

	private void charge(int characters) {
		if (this.output) {
			this.budget.output(characters);
		}
		else {
			this.budget.text(characters);
		}
	}

}
