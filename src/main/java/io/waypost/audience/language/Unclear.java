package io.waypost.audience.language;

import java.util.Collection;

import org.jspecify.annotations.Nullable;

/**
 * Reading cannot go on. It never leaves this package: {@link SegmentLanguage} answers
 * with {@link Reading.Misread}.
 */
final class Unclear extends Exception {

	private static final long serialVersionUID = 1L;

	private final transient Reading.Misread misread;

	Unclear(Token token, String problem, Collection<String> meant) {
		super(problem, null, false, false);
		this.misread = new Reading.Misread(token.position(), token.text(), problem,
				Spelling.closest(token.text(), meant).orElse(null));
	}

	Unclear(Token token, String problem, @Nullable String suggestion) {
		super(problem, null, false, false);
		this.misread = new Reading.Misread(token.position(), token.text(), problem, suggestion);
	}

	Reading.Misread misread() {
		return this.misread;
	}

}
