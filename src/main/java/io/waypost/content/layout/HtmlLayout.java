package io.waypost.content.layout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.waypost.content.EmailDraft;

/**
 * Renders the HTML part. The layouts are Liquid and MJML in the folder {@code mail}. The
 * document, its blocks and its products are rendered once per shape, that is, with
 * placeholders for all texts, URLs and colours; the result is filled for each message in
 * microseconds. Parts of one shape differ only in their texts, so a few hundred shapes
 * cover the messages of all tenants.
 */
public final class HtmlLayout {

	private static final int CACHED_SHAPES = 2_000;

	private static final int COLUMNS = 2;

	private final Cache<Shape, HtmlSkeleton> skeletons = Caffeine.newBuilder().maximumSize(CACHED_SHAPES).build();

	private final Map<EmailDraft.Layout, MailFile> documents;

	private final MailFile row = new MailFile("row.liquid");

	private final MailFile cell = new MailFile("cell.liquid");

	private final MailFile single = new MailFile("single.liquid");

	public HtmlLayout() {
		this(Stream.of(EmailDraft.Layout.values())
			.collect(Collectors.toMap((layout) -> layout,
					(layout) -> new MailFile(layout.name().toLowerCase(Locale.ROOT) + ".mjml"))));
	}

	HtmlLayout(Map<EmailDraft.Layout, MailFile> documents) {
		this.documents = Map.copyOf(documents);
	}

	public String html(EmailModel model) {
		MailFile document = Objects.requireNonNull(this.documents.get(model.layout()));
		String body = body(document, model);
		List<String> texts = new ArrayList<>();
		EmailModel shape = model.withoutBlocks().map((text) -> HtmlSkeleton.placeholder(texts, text));
		return skeleton(document, shape, MailFile::document).fill(texts, body);
	}

	/** Blocks that follow each other share a section; each row of a grid has its own. */
	private String body(MailFile document, EmailModel model) {
		String accent = model.brand().accent();
		StringBuilder body = new StringBuilder();
		StringBuilder section = new StringBuilder();
		for (EmailModel.BlockModel block : model.body()) {
			if (block.kind().equals("grid")) {
				endSection(body, section, document);
				for (int i = 0; i < block.items().size(); i += COLUMNS) {
					body.append(pair(document, block, accent, i));
				}
			}
			else if (!block.kind().equals("links")) {
				section.append(inSection(document, block, accent));
			}
		}
		endSection(body, section, document);
		return body.toString();
	}

	private void endSection(StringBuilder body, StringBuilder section, MailFile document) {
		if (!section.isEmpty()) {
			body.append(block(document, EmailModel.BlockModel.text("section", null, null), "", section));
			section.setLength(0);
		}
	}

	private String inSection(MailFile document, EmailModel.BlockModel block, String accent) {
		return switch (block.kind()) {
			case "list" -> block(document, block.withItems(List.of()), accent,
					block.items().stream().map((item) -> product(this.row, item)).collect(Collectors.joining("\n")));
			case "single" -> block.items()
				.stream()
				.map((item) -> block(document, block.withItems(List.of(item)), accent, product(this.single, item)))
				.collect(Collectors.joining());
			default -> block(document, block, accent);
		};
	}

	private String pair(MailFile document, EmailModel.BlockModel block, String accent, int first) {
		List<String> cells = block.items()
			.subList(first, Math.min(first + COLUMNS, block.items().size()))
			.stream()
			.map((item) -> product(this.cell, item))
			.toList();
		return block(document, block.withItems(Collections.nCopies(cells.size(), EmailModel.ProductModel.EMPTY)),
				accent, cells.getFirst(), (cells.size() > 1) ? cells.getLast() : "");
	}

	private String block(MailFile document, EmailModel.BlockModel block, String accent, CharSequence... nested) {
		List<String> texts = new ArrayList<>();
		EmailModel.BlockModel shape = block.map((text) -> HtmlSkeleton.placeholder(texts, text));
		String colour = HtmlSkeleton.placeholder(texts, accent);
		return skeleton(document, shape, (file, unknown) -> file.block(unknown, colour)).fill(texts, nested);
	}

	private String product(MailFile file, EmailModel.ProductModel item) {
		List<String> texts = new ArrayList<>();
		EmailModel.ProductModel shape = item.map((text) -> HtmlSkeleton.placeholder(texts, text));
		return skeleton(file, shape, MailFile::product).fill(texts);
	}

	private <T> HtmlSkeleton skeleton(MailFile file, T shape, BiFunction<MailFile, T, HtmlSkeleton> render) {
		return this.skeletons.get(new Shape(file, shape), (unknown) -> render.apply(file, shape));
	}

	private record Shape(MailFile file, Object model) {

	}

}
