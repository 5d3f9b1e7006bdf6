package io.waypost.content;

import java.util.Locale;

import io.waypost.content.layout.SampleDrafts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class InboxSummaryTests {

	private static final RecipientLinks LINKS = new RecipientLinks("https://w.example/u", "https://w.example/o",
			(link) -> link);

	@ParameterizedTest
	@EnumSource(EmailDraft.Layout.class)
	void beginsWithHeadlineAndText(EmailDraft.Layout layout) {
		RenderedEmail.InboxSummary summary = summary(SampleDrafts.complete(Locale.GERMAN, layout));
		assertThat(summary.sender()).isEqualTo("Hearth & Field");
		assertThat(summary.subject()).isEqualTo("Leinenhemden: 20\u00a0% günstiger bis 3. Mai");
		assertThat(summary.preheader())
			.isEqualTo("Das Hemd aus Naturleinen kostet diese Woche 27,90 €, Rücksendung kostenlos.");
		assertThat(summary.excerpt()).hasSize(200)
			.startsWith("Leinenhemden, 20 % günstiger Hallo Maria, Unsere Leinenhemden werden in Portugal");
	}

	@ParameterizedTest
	@EnumSource(EmailDraft.Layout.class)
	void showsSpecialCharactersAsText(EmailDraft.Layout layout) {
		EmailDraft draft = SampleDrafts.complete(Locale.ENGLISH, layout)
			.map((text) -> text.startsWith("Hi") ? "<b> & 😀 \"x\"" : text);
		assertThat(summary(draft).excerpt()).startsWith("Linen shirts, 20% off <b> & 😀 \"x\" Our linen");
	}

	private static RenderedEmail.InboxSummary summary(EmailDraft draft) {
		return RenderedEmail.InboxSummary.of("Hearth & Field",
				new EmailRenderer().render(draft, SampleDrafts.brand("#0b6e4f"), "Maria", "campaign", LINKS));
	}

}
