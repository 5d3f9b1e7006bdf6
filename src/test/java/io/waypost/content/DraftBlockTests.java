package io.waypost.content;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.waypost.content.fact.ProductDetails;
import io.waypost.delivery.ContentClearance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class DraftBlockTests {

	private static final EmailDraft.DraftItem SPADE = new EmailDraft.DraftItem("p1", "Spade", "€39.00", 1,
			"https://shop.example/p1.jpg", "https://shop.example/p1", "€49.00", "Ash handle, forged blade.",
			"4.7 out of 5 (213 reviews)");

	private static final BrandKit BRAND = new BrandKit(1, "Hearth & Field", "hello@hearth.example",
			List.of("12 Mill Lane", "Bath"), "https://hearth.example", "https://hearth.example/logo.png", "#0b6e4f",
			Set.of(), Set.of());

	private final JsonMapper json = JsonMapper.builder().build();

	static Stream<DraftBlock> blocks() {
		return Stream.of(new DraftBlock.Paragraph("Hi {{ first_name }},\nhow are you?"),
				new DraftBlock.Products(DraftBlock.Arrangement.LIST, List.of(SPADE)),
				new DraftBlock.Products(DraftBlock.Arrangement.GRID, List.of(SPADE, SPADE)),
				new DraftBlock.Products(DraftBlock.Arrangement.SINGLE, List.of(SPADE)),
				new DraftBlock.OfferBox("20% off seeds", "Sunday 6 December", "SEEDS20", "From €20."),
				new DraftBlock.OfferBox("20% off seeds", null, null, null),
				new DraftBlock.Quotation("Sits well in the hand", "Ann about Spade"),
				new DraftBlock.Steps(List.of("Dig a hole.", "Water it.")),
				new DraftBlock.Links(List.of(new EmailDraft.CallToAction("All spades", "https://shop.example/spades"))),
				new DraftBlock.Divider());
	}

	@ParameterizedTest
	@MethodSource("blocks")
	void survivesStorageAsJson(DraftBlock block) throws JsonProcessingException {
		EmailDraft draft = draft(block);
		assertThat(this.json.readValue(this.json.writeValueAsString(draft), EmailDraft.class)).isEqualTo(draft);
	}

	@Test
	void readsDraftsWithoutLayout() throws JsonProcessingException {
		EmailDraft draft = this.json.readValue("""
				{"locale":"en","subject":"s","preheader":"p","headline":"h","body":[],
				"callToAction":{"label":"Go","url":"https://shop.example"},"closing":null}""", EmailDraft.class);
		assertThat(draft.layout()).isEqualTo(EmailDraft.Layout.CARD);
	}

	@ParameterizedTest
	@MethodSource("blocks")
	void showsEveryTextInBothFormats(DraftBlock block) {
		RenderedEmail email = new EmailRenderer().render(draft(block), BRAND, "Maria", "welcome",
				new RecipientLinks("https://waypost.example/u", null, (link) -> link));
		List<String> expected = new ArrayList<>(block.texts());
		if (block instanceof DraftBlock.Products(DraftBlock.Arrangement arrangement, List<EmailDraft.DraftItem> items)) {
			items.forEach((item) -> expected.addAll(List.of(item.name(), item.price(), item.url())));
		}
		for (String text : expected) {
			for (String line : text.replace("{{ first_name }}", "Maria").lines().toList()) {
				assertThat(email.html()).contains(line);
				assertThat(email.text()).contains(line);
			}
		}
	}

	@Test
	void givesEachBlockItsOwnDigest() {
		List<String> digests = blocks().map((block) -> ContentClearance.digest(draft(block))).toList();
		assertThat(digests).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@MethodSource("blocks")
	void changesTheDigestWithEveryText(DraftBlock block) {
		String before = ContentClearance.digest(draft(block));
		for (int i = 0; i < block.texts().size(); i++) {
			int[] at = { 0 };
			int changed = i;
			DraftBlock other = block.map((text) -> (at[0]++ == changed) ? text + "!" : text);
			assertThat(ContentClearance.digest(draft(other))).isNotEqualTo(before);
		}
	}

	@Test
	void changesTheDigestWithDetailsOfProducts() {
		EmailDraft.DraftItem other = new EmailDraft.DraftItem("p1", "Spade", "€39.00", 1, SPADE.imageUrl(), SPADE.url(),
				"€59.00", SPADE.description(), SPADE.rating());
		assertThat(ContentClearance.digest(draft(new DraftBlock.Products(DraftBlock.Arrangement.LIST, List.of(other)))))
			.isNotEqualTo(ContentClearance
				.digest(draft(new DraftBlock.Products(DraftBlock.Arrangement.LIST, List.of(SPADE)))));
	}

	@Test
	void replacesParagraphsInTheirPlaces() {
		EmailDraft draft = new EmailDraft("en", EmailDraft.Layout.CARD, "s", "p", "h",
				List.of(new DraftBlock.Paragraph("one"), new DraftBlock.Divider(), new DraftBlock.Paragraph("two"),
						new DraftBlock.Steps(List.of("a"))),
				new EmailDraft.CallToAction("Go", "https://shop.example"), null);
		assertThat(draft.withParagraphs(List.of("1", "2")).body()).containsExactly(new DraftBlock.Paragraph("1"),
				new DraftBlock.Divider(), new DraftBlock.Paragraph("2"), new DraftBlock.Steps(List.of("a")));
		assertThat(draft.withParagraphs(List.of("1", "2", "3")).paragraphs()).containsExactly("1", "2", "3");
		assertThat(draft.withParagraphs(List.of("1")).body()).containsExactly(new DraftBlock.Paragraph("1"),
				new DraftBlock.Divider(), new DraftBlock.Steps(List.of("a")));
	}

	@Test
	void describesRatingsInEachLanguage() {
		ProductDetails.ProductRating rating = new ProductDetails.ProductRating(new BigDecimal("4.7"), 1213);
		assertThat(rating.text(Locale.UK)).isEqualTo("4.7 out of 5 (1,213 reviews)");
		assertThat(rating.text(Locale.GERMANY)).isEqualTo("4,7 von 5 (1.213 Bewertungen)");
		assertThat(rating.text(Locale.FRANCE)).startsWith("4,7 sur 5 (1").endsWith("213 avis)");
		assertThat(new ProductDetails.ProductRating(new BigDecimal("5"), 1).text(Locale.UK))
			.isEqualTo("5.0 out of 5 (1 review)");
	}

	private static EmailDraft draft(DraftBlock block) {
		return new EmailDraft("en-GB", EmailDraft.Layout.CARD, "Subject", "Preheader", "Headline", List.of(block),
				new EmailDraft.CallToAction("Go", "https://hearth.example"), "Bye");
	}

}
