package io.waypost.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Measures the layouts of e-mails on one thread: the first message of a shape, a message
 * of a known shape, and one recipient of a compiled message.
 */
public final class EmailLayoutBenchmark {

	private static final int MESSAGES = 20_000;

	private static final int RECIPIENTS = 100_000;

	private static final BrandKit BRAND = new BrandKit(1, "Hearth & Field", "hello@hearth.example",
			List.of("12 Mill Lane", "Bath BA1 1AA"), "https://hearth.example", "https://hearth.example/logo.png",
			"#0b6e4f", Set.of(), Set.of());

	private static final RecipientLinks LINKS = new RecipientLinks("https://w.example/u/token",
			"https://w.example/t/o/token", (link) -> link);

	private EmailLayoutBenchmark() {
	}

	/**
	 * Prints one line per layout.
	 * @param arguments none
	 */
	public static void main(String[] arguments) {
		for (EmailDraft.Layout layout : EmailDraft.Layout.values()) {
			EmailDraft draft = draft(layout);
			long first = micros(() -> new EmailRenderer().render(draft, BRAND, "Maria", "campaign", LINKS));
			EmailRenderer renderer = new EmailRenderer();
			Runnable render = () -> renderer.render(draft, BRAND, "Maria", "campaign", LINKS);
			PreparedEmail prepared = renderer.prepare(draft, BRAND, "campaign", true);
			Runnable fill = () -> prepared.fill("Maria", LINKS);
			times(MESSAGES, render);
			times(RECIPIENTS, fill);
			double rendered = micros(() -> times(MESSAGES, render)) / (double) MESSAGES;
			double filled = micros(() -> times(RECIPIENTS, fill)) / (double) RECIPIENTS;
			System.out.printf("%-6s first %,7d us, known shape %6.1f us, recipient %5.2f us, %,7d bytes%n", layout, first,
					rendered, filled, prepared.fill("Maria", LINKS).html().length());
		}
	}

	private static void times(int count, Runnable action) {
		for (int i = 0; i < count; i++) {
			action.run();
		}
	}

	private static long micros(Runnable action) {
		long start = System.nanoTime();
		action.run();
		return (System.nanoTime() - start) / 1_000;
	}

	private static EmailDraft draft(EmailDraft.Layout layout) {
		List<DraftBlock> body = new ArrayList<>();
		body.add(new DraftBlock.Paragraph("Hi {{ first_name }},"));
		body.add(new DraftBlock.Paragraph("The seeds of this season have arrived, and four of them fit your garden."));
		body.add(new DraftBlock.Products(DraftBlock.Arrangement.GRID, List.of(item(1), item(2), item(3), item(4))));
		body.add(new DraftBlock.OfferBox("20% off seeds", "3 May", "SEEDS20", "From €20 on."));
		body.add(new DraftBlock.Links(List.of(new EmailDraft.CallToAction("All tools", "https://hearth.example/t"))));
		return new EmailDraft("en", layout, "New seeds for your garden", "Four that fit what you grow",
				"New seeds for your garden", body,
				new EmailDraft.CallToAction("See the seeds", "https://hearth.example/seeds"), "Hearth & Field");
	}

	private static EmailDraft.DraftItem item(int number) {
		return new EmailDraft.DraftItem("p" + number, "Seed mix no. " + number, "€4.90", 1,
				"https://hearth.example/img/p%d.jpg".formatted(number), "https://hearth.example/p/p" + number, "€5.90",
				"For sun and half shade.", "4.6 of 5 (23 reviews)");
	}

}
