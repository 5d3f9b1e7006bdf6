package io.waypost.content.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import io.waypost.content.EmailDraft;
import io.waypost.content.EmailRenderer;
import io.waypost.content.RecipientLinks;
import io.waypost.content.RenderedEmail;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Writes sample messages to {@code target/mail} for visual inspection. */
class EmailSamplesTests {

	@Test
	void writesSamplesOfEveryLayoutInEveryLanguage() throws IOException {
		Path folder = Files.createDirectories(Path.of("target", "mail"));
		EmailRenderer renderer = new EmailRenderer();
		RecipientLinks links = new RecipientLinks("https://waypost.example/u/token", null, (link) -> link);
		for (EmailDraft.Layout layout : EmailDraft.Layout.values()) {
			for (Locale locale : SampleDrafts.LANGUAGES) {
				EmailDraft draft = SampleDrafts.complete(locale, layout);
				RenderedEmail email = renderer.render(draft, SampleDrafts.brand("#0b6e4f"), "Maria", "campaign", links);
				String name = "%s-%s".formatted(layout.name().toLowerCase(Locale.ROOT), locale.getLanguage());
				Files.writeString(folder.resolve(name + ".html"), email.html());
				Files.writeString(folder.resolve(name + ".txt"), email.text());
				assertThat(email.html()).contains(draft.headline());
			}
		}
	}

}
