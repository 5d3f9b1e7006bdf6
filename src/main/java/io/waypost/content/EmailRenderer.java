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

/** Turns a draft into HTML and plain text for one recipient. */
@Component
public class EmailRenderer {

	private final HtmlLayout layout = new HtmlLayout();

	private final PlainTextLayout plainText = new PlainTextLayout();

	private final LegalElementCheck legal = new LegalElementCheck(this.layout::html, this.plainText::of);

	/**
	 * Renders with our own Thymeleaf layouts; the draft's words are data and are escaped.
	 * @param draft what to say
	 * @param brand how it looks
	 * @param firstName fills {@code {{ first_name }}}, null when unknown
	 * @param journey key of the journey it belongs to; the footer says why one gets it
	 * @param links the recipient's own addresses
	 * @return the parts of the message
	 */
	public RenderedEmail render(EmailDraft draft, BrandKit brand, @Nullable String firstName, String journey,
			RecipientLinks links) {
		LayoutMessages texts = LayoutMessages.of(Locale.forLanguageTag(draft.locale()));
		EmailModel model = EmailModel.of(draft, brand, texts.reason(journey, brand.senderName()), links,
				new FirstNameTag(firstName, texts), texts);
		return RenderedEmail.of(model.subject(), this.layout.html(model), this.plainText.of(model));
	}

	/**
	 * Tells which legal parts our layouts really give to messages of a brand.
	 * @param brand whose
	 * @param locale language of the message
	 * @return what stands in both HTML and plain text
	 */
	public LegalElements legalElements(BrandKit brand, Locale locale) {
		return this.legal.of(brand, locale);
	}

	/**
	 * Does once what is the same for everybody who gets a message.
	 * @param draft what to say
	 * @param brand how it looks
	 * @param journey as in {@link #render}
	 * @param pixel whether it will carry an open pixel
	 * @return gives what {@link #render} gives, some hundred times as fast
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
