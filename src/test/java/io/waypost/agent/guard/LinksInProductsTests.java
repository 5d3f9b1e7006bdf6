package io.waypost.agent.guard;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import io.waypost.agent.ShopFixture;
import io.waypost.content.EmailDraft;
import io.waypost.content.EmailRenderer;
import io.waypost.content.Product;
import io.waypost.content.ProductNames;
import io.waypost.content.fact.AbsoluteUrl;
import io.waypost.kernel.Money;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LinksInProductsTests {

	private final ContentInspector inspector = new ContentInspector(new EmailRenderer()::legalElements);

	@ParameterizedTest
	@CsvSource({ "Log in at www.evil.com/win today, true", "Spade of evil.com, true", "https://evil.example/x, true",
			"Spade of hearth.example, false", "Ash Spade No. 5, false", "Dr. Martens 1.5 l, false" })
	void needAReview(String name, boolean found) {
		Product product = new Product("s1", name, "Tools", Money.of("49.00", "EUR"), null,
				"https://hearth.example/p/s1");
		EmailDraft draft = new EmailDraft("en", "Hi", "P", "H", List.of("Hello"),
				List.of(new EmailDraft.DraftItem("s1", name, "€49.00", 1, null, product.url())),
				new EmailDraft.CallToAction("Go", ShopFixture.BRAND.siteUrl()), null);
		List<Finding> findings = this.inspector
			.inspect(new InspectionRequest(draft, ShopFixture.BRAND, Map.of("s1", product), Map.of("s1", 1),
					new ProductNames(List.of()), List.of(), "", Map.of(), LocalDate.of(2026, 11, 21)))
			.findings();
		assertThat(findings.stream()
			.anyMatch((finding) -> finding.code().equals("link_in_product") && finding.severity() == Severity.SEVERE))
			.isEqualTo(found);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "http://169.254.169.254/x.png", "http://2130706433/x", "http://0x7f.1/x", "http://[::1]/x" })
	void mustNotBeAddresses(String url) {
		assertThat(AbsoluteUrl.hasNamedHost(url)).isFalse();
		assertThat(AbsoluteUrl.hasNamedHost("https://cdn1.shop.example/x.png")).isTrue();
	}

}
