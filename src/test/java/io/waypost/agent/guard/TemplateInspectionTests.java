package io.waypost.agent.guard;

import java.time.Clock;
import java.util.List;

import io.waypost.agent.ShopFixture;
import io.waypost.content.BrandKit;
import io.waypost.content.EmailRenderer;
import io.waypost.content.Template;
import io.waypost.content.TemplateFinding;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class TemplateInspectionTests {

	private final TemplateInspection inspection = new TemplateInspection(
			new ContentInspector(new EmailRenderer()::legalElements), Clock.systemUTC());

	@Test
	void acceptsTextsThatComplyWithTheBrandKit() {
		assertThat(check("{{ first_name }}, your {{ item.name }} waits",
				"Hello {{first_name}},\n\n{% if total %}It is {{ total }} and 20 % off on 1 May."
						+ "{% else %}See https://hearth.example/new/{{ item.name }}.{% endif %}"))
			.isEmpty();
	}

	@Test
	void acceptsTextsThatAreLeftToTheWriter() {
		assertThat(check(null, null)).isEmpty();
	}

	@Test
	void findsForbiddenWordsAndForeignLinksInEveryBranch() {
		List<TemplateFinding> findings = check("A real bargain",
				"Hello\n\n{% if total %}{% else %}Go to https://evil.example/{{ item.name }}{% endif %}");
		assertThat(findings).extracting(TemplateFinding::code, TemplateFinding::where, TemplateFinding::isBlocking)
			.containsExactly(tuple("link_host", "body", true), tuple("word_forbidden", "subject", false));
	}

	@Test
	void refusesAHostWithAMergeTag() {
		assertThat(check("Hi", "See https://{{ shop }}.example/sale")).extracting(TemplateFinding::isBlocking)
			.containsExactly(true);
	}

	@Test
	void refusesPlaceholdersOfOtherProducts() {
		assertThat(check("Hello *|FNAME|*", "Dear %FIRSTNAME%")).extracting(TemplateFinding::code)
			.containsOnly("slot_unfilled");
	}

	@Test
	void refusesAFirstNameThatIsJoinedToOtherCharacters() {
		assertThat(check("Hi {{ first_name }}", "Log in at login.{{ first_name }} today"))
			.extracting(TemplateFinding::code, TemplateFinding::where, TemplateFinding::isBlocking)
			.containsExactly(tuple("name_joined", "body", true));
	}

	@Test
	void requiresSenderAndPostalAddress() {
		BrandKit bare = new BrandKit(1, "", "hello@hearth.example", List.of(" "), ShopFixture.BRAND.siteUrl(),
				ShopFixture.BRAND.logoUrl(), ShopFixture.BRAND.accentColour(), ShopFixture.BRAND.linkHosts(),
				ShopFixture.BRAND.forbiddenWords());
		assertThat(this.inspection.check(template("Hi", "Hello"), bare)).extracting(TemplateFinding::code)
			.containsExactlyInAnyOrder("postal_address_missing", "sender_missing");
	}

	private List<TemplateFinding> check(@Nullable String subject, @Nullable String body) {
		return this.inspection.check(template(subject, body), ShopFixture.BRAND);
	}

	private static Template template(@Nullable String subject, @Nullable String body) {
		return new Template("t", 1, "marketing", "en", subject, null, null, body, null, false);
	}

}
