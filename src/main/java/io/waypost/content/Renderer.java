package io.waypost.content;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Turns a draft into HTML and plain text for one recipient. */
@Component
public class Renderer {

	/**
	 * Renders with our own Thymeleaf layouts; the draft's words are data and are escaped.
	 * @param draft what to say
	 * @param brand how it looks
	 * @param firstName fills {@code {{ first_name }}}, null when unknown
	 * @param reason why the recipient gets it, one sentence for the footer
	 * @param links the recipient's own addresses
	 * @return the parts of the message
	 */
	public RenderedEmail render(Draft draft, BrandKit brand, @Nullable String firstName, String reason,
			RecipientLinks links) {
		throw new UnsupportedOperationException();
	}

}
