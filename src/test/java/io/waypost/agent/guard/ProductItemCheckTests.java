package io.waypost.agent.guard;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import io.waypost.agent.ShopFixture;
import io.waypost.content.DraftBlock;
import io.waypost.content.EmailDraft;
import io.waypost.content.EmailRenderer;
import io.waypost.content.Product;
import io.waypost.content.fact.ProductDetails;
import io.waypost.kernel.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProductItemCheckTests {

	private static final LocalDate TODAY = LocalDate.of(2026, 12, 1);

	private static final Product SPADE = new Product("s1", "Ash Spade", "Tools", Money.of("49.00", "EUR"), null,
			"https://hearth.example/p/s1",
			new ProductDetails("spade", null, Map.of(), Map.of("en", "A forged blade."), Map.of(), null,
					new ProductDetails.SalePrice(new BigDecimal("39.00"), null, TODAY),
					new ProductDetails.ProductRating(new BigDecimal("4.7"), 213), 3, List.of()));

	private final ContentInspector inspector = new ContentInspector(new EmailRenderer()::legalElements);

	@Test
	void allowsWhatTheCatalogueSays() {
		assertThat(codes(TODAY, "€39.00", "€49.00", "A forged blade.", "4.7 out of 5 (213 reviews)")).isEmpty();
		assertThat(codes(TODAY.plusDays(1), "€49.00", null, null, null)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			0 | €39.00 | €59.00 | -                 | -                           | price_unknown
			0 | €39.00 | $49.00 | -                 | -                           | price_unknown
			0 | €39.00 | -      | A forged handle.  | -                           | description_unknown
			0 | €39.00 | -      | -                 | 4.9 out of 5 (213 reviews)  | rating_unknown
			0 | €39.00 | -      | -                 | 4.7 out of 5 (2,130 reviews)| rating_unknown
			1 | €49.00 | €59.00 | -                 | -                           | price_unknown
			1 | €39.00 | €49.00 | -                 | -                           | price_unknown
			""")
	void findsDetailsThatDiffer(int day, String price, String former, String description, String rating, String code) {
		assertThat(codes(TODAY.plusDays(day), price, former, description, rating)).contains(code);
	}

	@Test
	void findsTheFormerPriceOfAReductionThatIsOver() {
		assertThat(codes(TODAY.plusDays(1), "€49.00", "€49.00", null, null)).containsExactly("price_unknown");
	}

	private List<String> codes(LocalDate day, String price, String former, String description, String rating) {
		EmailDraft.DraftItem item = new EmailDraft.DraftItem("s1", "Ash Spade", price, 1, null, SPADE.url(), former,
				description, rating);
		EmailDraft draft = new EmailDraft("en-GB", EmailDraft.Layout.CARD, "Ash Spade for you", "A short note.",
				"Ash Spade",
				List.of(new DraftBlock.Paragraph("Hello {{ first_name }},"),
						new DraftBlock.Products(DraftBlock.Arrangement.LIST, List.of(item))),
				new EmailDraft.CallToAction("See it", SPADE.url()), null);
		return this.inspector
			.inspect(new InspectionRequest(draft, ShopFixture.BRAND, Map.of("s1", SPADE.on(day)), Map.of("s1", 1),
					ShopFixture.names(), List.of(), "", Map.of(), day))
			.findings()
			.stream()
			.map(Finding::code)
			.toList();
	}

}
