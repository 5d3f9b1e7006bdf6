package io.waypost.content;

import java.util.Locale;

import io.waypost.content.layout.CompiledEmail;
import io.waypost.content.layout.EmailModel;
import io.waypost.content.layout.FirstNameTag;
import io.waypost.content.layout.HtmlLayout;
import io.waypost.content.layout.LayoutMessages;
import io.waypost.content.layout.LegalElementCheck;
import io.waypost.content.layout.PlaceholderText;
import io.waypost.content.layout.PlainTextLayout;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Renders drafts as HTML and plain text. */
@Component
public class EmailRenderer {

	private final HtmlLayout layout = new HtmlLayout();

	private final PlainTextLayout plainText = new PlainTextLayout();

	private final LegalElementCheck legalElementCheck = new LegalElementCheck(this.layout::html, this.plainText::of);

	/**
	 * Renders a draft for one recipient with the built-in layouts. Texts of the draft are
	 * escaped.
	 * @param draft the content
	 * @param brand the brand kit
	 * @param firstName value of {@code {{ first_name }}}, null when unknown
	 * @param journey key of the journey; selects the sentence in the footer that says why
	 * the recipient gets this message
	 * @param links the recipient's unsubscribe, pixel and tracking URLs
	 * @return the rendered e-mail
	 */
	public RenderedEmail render(EmailDraft draft, BrandKit brand, @Nullable String firstName, String journey,
			RecipientLinks links) {
		LayoutMessages texts = LayoutMessages.of(Locale.forLanguageTag(draft.locale()));
		EmailModel model = EmailModel.of(draft, brand, texts.reason(journey, brand.senderName()), links,
				new FirstNameTag(firstName, texts), texts);
		return RenderedEmail.of(model.subject(), this.layout.html(model), this.plainText.of(model));
	}

	/**
	 * Returns which legally required elements a rendered message of a brand shows.
	 * @param brand the brand kit
	 * @param locale language of the message
	 * @return the elements found in both HTML and plain text
	 */
	public LegalElements legalElements(BrandKit brand, Locale locale) {
		return this.legalElementCheck.of(brand, locale);
	}

	/**
	 * Compiles a draft for many recipients.
	 * @param draft the content
	 * @param brand the brand kit
	 * @param journey as in {@link #render}
	 * @param pixel whether the messages carry an open pixel
	 * @return a compiled message with the same output as {@link #render}, some hundred
	 * times as fast
	 */
	public PreparedEmail prepare(EmailDraft draft, BrandKit brand, String journey, boolean pixel) {
		if (PlaceholderText.hasPlaceholders(draft.toString() + brand)) {
			return (firstName, links) -> render(draft, brand, firstName, journey, links);
		}
		LayoutMessages texts = LayoutMessages.of(Locale.forLanguageTag(draft.locale()));
		String reason = texts.reason(journey, brand.senderName());
		return new CompiledEmail((name, links) -> EmailModel.of(draft, brand, reason, links, name, texts), pixel, texts,
				this.layout::html);
	}

}
