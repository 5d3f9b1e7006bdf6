package io.waypost.content.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Renders the plain-text part: wrapped at 72 characters, each link on its own line. */
public final class PlainTextLayout {

	private static final int WIDTH = 72;

	private static final Pattern BREAK = Pattern.compile("\\R");

	private final UnaryOperator<String> paragraphs;

	private final UnaryOperator<String> headings;

	public PlainTextLayout() {
		this(PlainTextLayout::wrap, PlainTextLayout::heading);
	}

	/**
	 * Creates a layout with other formats for some blocks.
	 * @param paragraphs formats paragraphs and closing
	 * @param headings formats the headline
	 */
	PlainTextLayout(UnaryOperator<String> paragraphs, UnaryOperator<String> headings) {
		this.paragraphs = paragraphs;
		this.headings = headings;
	}

	public String of(EmailModel mail) {
		String colon = LayoutMessages.of(Locale.forLanguageTag(mail.language())).get("text.colon") + '\n';
		List<String> blocks = new ArrayList<>();
		blocks.add(this.headings.apply(mail.headline()));
		List<EmailModel.BlockModel> after = new ArrayList<>();
		mail.body().forEach((block) -> {
			if (block.kind().equals("links")) {
				after.add(block);
			}
			else {
				add(blocks, block);
			}
		});
		blocks.add(mail.action().label() + colon + mail.action().url());
		after.forEach((block) -> block.links().forEach((link) -> blocks.add(link.label() + colon + link.url())));
		if (mail.closing() != null) {
			blocks.add(this.paragraphs.apply(mail.closing()));
		}
		blocks.add(footer(mail.footer(), colon));
		return String.join("\n\n", blocks) + '\n';
	}

	private void add(List<String> blocks, EmailModel.BlockModel block) {
		switch (block.kind()) {
			case "paragraph" -> blocks.add(this.paragraphs.apply(String.valueOf(block.text())));
			case "steps" -> {
				for (int i = 0; i < block.steps().size(); i++) {
					blocks.add(this.paragraphs.apply((i + 1) + ". " + block.steps().get(i)));
				}
			}
			case "divider" -> blocks.add("* * *");
			case "offer",
					"quotation" ->
				blocks.add(Stream.of(block.text(), block.detail(), block.code(), block.terms())
					.filter(Objects::nonNull)
					.map(PlainTextLayout::wrap)
					.collect(Collectors.joining("\n")));
			default -> block.items().forEach((item) -> blocks.add(item(item)));
		}
	}

	private static String item(EmailModel.ProductModel item) {
		EmailModel.FormerPrice former = item.former();
		String price = (former == null) ? item.price()
				: "%s %s, %s %s".formatted(former.before(), former.price(), former.now(), item.price());
		String details = Stream.of(price, item.quantity(), item.rating())
			.filter(Objects::nonNull)
			.collect(Collectors.joining(", "));
		String name = wrap("* " + item.name() + " (" + details + ")");
		return ((item.description() != null) ? name + '\n' + wrap(item.description()) : name) + "\n  " + item.url();
	}

	private static String footer(EmailModel.FooterModel footer, String colon) {
		// Mail clients recognise "-- " as the beginning of a signature.
		return "-- \n" + footer.sender() + '\n' + String.join("\n", footer.address()) + "\n\n" + wrap(footer.reason())
				+ "\n\n" + footer.preferences() + ", " + footer.unsubscribe() + colon + footer.url();
	}

	private static boolean isOneLine(String text) {
		return text.length() <= WIDTH && !text.startsWith(" ") && !BREAK.matcher(text).find();
	}

	static String heading(String text) {
		return wrap(text) + '\n' + "=".repeat(Math.min(WIDTH, text.length()));
	}

	static String wrap(String text) {
		if (isOneLine(text)) {
			return text;
		}
		StringJoiner lines = new StringJoiner("\n");
		for (String source : BREAK.split(text, -1)) {
			StringBuilder line = new StringBuilder();
			for (String word : source.split(" ", -1)) {
				if (line.length() > 0 && line.length() + 1 + word.length() > WIDTH) {
					lines.add(line);
					line.setLength(0);
				}
				line.append((line.length() > 0) ? " " : "").append(word);
			}
			lines.add(line);
		}
		return lines.toString();
	}

}
