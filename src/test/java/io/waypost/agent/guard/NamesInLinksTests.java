package io.waypost.agent.guard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.waypost.agent.ShopFixture;
import io.waypost.agent.phrase.HostNames;
import io.waypost.content.EmailDraft;
import io.waypost.content.EmailRenderer;
import io.waypost.content.RecipientLinks;
import io.waypost.content.RenderedEmail;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A name that is filled in after the inspection adds no host, link or address. */
class NamesInLinksTests {

	private static final List<String> NAMES = List.of("www.evil.com", "evil.example", "evil", "com", "Com",
			"evil dot com", "J. com", "Ann", "evil.рф", "login/evil", "a@evil.com", "https", "EVIL.COM", "dot com");

	private static final List<String> PIECES = List.of("{{ first_name }}", "{{first_name}}", "{{ first_name }}", " ",
			" ", ".", ".com", "login.", "www.", "@", "garden@", "/login", "https://", ":", ",", "!", "-", "Hello", "(",
			")", "\"", "'s", "dot ", " dot com", "\n");

	private static final Pattern ADDRESS = Pattern.compile("\\S+@\\w+\\S*");

	private static final RecipientLinks LINKS = new RecipientLinks("#", null, (url) -> url);

	private final EmailRenderer renderer = new EmailRenderer();

	@Test
	void addNoLink() {
		Random random = new Random(7);
		for (int i = 0; i < 1_500; i++) {
			EmailDraft draft = draft(text(random), text(random));
			String name = NAMES.get(random.nextInt(NAMES.size()));
			Set<String> neutral = links(this.renderer.render(draft, ShopFixture.BRAND, null, "campaign", LINKS));
			neutral.addAll(links(draft.subject() + '\n' + draft.paragraphs()));
			assertThat(neutral).as("%s with %s", draft, name)
				.containsAll(links(this.renderer.render(draft, ShopFixture.BRAND, name, "campaign", LINKS)))
				.containsAll(
						links(this.renderer.prepare(draft, ShopFixture.BRAND, "campaign", false).fill(name, LINKS)));
		}
	}

	private static String text(Random random) {
		StringBuilder text = new StringBuilder();
		for (int i = 1 + random.nextInt(7); i > 0; i--) {
			text.append(PIECES.get(random.nextInt(PIECES.size())));
		}
		return text.toString();
	}

	private static Set<String> links(RenderedEmail email) {
		return links(email.subject() + '\n' + email.text());
	}

	private static Set<String> links(String text) {
		List<String> found = new ArrayList<>(HostNames.in(HostNames.normalized(text)));
		Matcher url = LinkCheck.URL.matcher(text);
		while (url.find()) {
			found.add(url.group());
		}
		Matcher address = ADDRESS.matcher(text);
		while (address.find()) {
			found.add(address.group());
		}
		return new HashSet<>(found);
	}

	private static EmailDraft draft(String subject, String paragraph) {
		return new EmailDraft("en", subject.replace('\n', ' '), "P", "H", List.of(paragraph), List.of(),
				new EmailDraft.CallToAction("Go", ShopFixture.BRAND.siteUrl()), null);
	}

}
