package io.waypost.agent.llm.answer;

/**
 * An object in a text, from its opening brace to the closing one. Typographic quotation
 * marks that delimit strings are replaced by straight ones; those inside of strings are
 * kept.
 */
final class AnswerObject {

	private static final String TYPOGRAPHIC = "\u201C\u201D\u201E\u201F";

	private final String text;

	private final StringBuilder json = new StringBuilder();

	private int position;

	private int depth;

	private AnswerObject(String text, int start) {
		this.text = text;
		this.position = start;
	}

	static AnswerObject at(String text, int start) {
		AnswerObject found = new AnswerObject(text, start);
		found.scan();
		return found;
	}

	static boolean isQuote(char character) {
		return character == '"' || TYPOGRAPHIC.indexOf(character) >= 0;
	}

	boolean isComplete() {
		return this.depth == 0;
	}

	/** Position after the object. */
	int end() {
		return this.position;
	}

	String json() {
		return this.json.toString();
	}

	private void scan() {
		do {
			char character = this.text.charAt(this.position++);
			if (isQuote(character)) {
				string(character);
				continue;
			}
			if (character == '{' || character == '[') {
				this.depth++;
			}
			else if (character == '}' || character == ']') {
				this.depth--;
			}
			this.json.append(character);
		}
		while (this.depth > 0 && this.position < this.text.length());
	}

	private void string(char opening) {
		this.json.append('"');
		while (this.position < this.text.length()) {
			char character = this.text.charAt(this.position++);
			if (character == '\\' && this.position < this.text.length()) {
				this.json.append(character).append(this.text.charAt(this.position++));
			}
			else if (closes(opening, character)) {
				this.json.append('"');
				return;
			}
			else {
				this.json.append((character == '"') ? "\\\"" : String.valueOf(character));
			}
		}
	}

	/**
	 * A straight mark is closed by a straight one. A typographic mark is closed by one
	 * before a comma, colon or bracket, because it may also occur inside of the string.
	 */
	private boolean closes(char opening, char character) {
		if (opening == '"') {
			return character == '"';
		}
		return isQuote(character) && isBeforeDelimiter();
	}

	private boolean isBeforeDelimiter() {
		int next = this.position;
		while (next < this.text.length() && Character.isWhitespace(this.text.charAt(next))) {
			next++;
		}
		return next >= this.text.length() || ",:]}".indexOf(this.text.charAt(next)) >= 0;
	}

}
