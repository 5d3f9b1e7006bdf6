package io.waypost.content.layout;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import ch.digitalfondue.mjml4j.Mjml4j;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.content.liquid.BuiltInTemplate;
import org.jspecify.annotations.Nullable;

/**
 * A file of the folder {@code mail}: Liquid, whose result is MJML or HTML. The values are
 * placeholders of texts, never texts, so no text can become Liquid, MJML or HTML.
 */
final class MailFile {

	/** Marks the beginning and the end of a block in a document. */
	private static final String CUT = "\uE005";

	private static final int NESTED = 2;

	private static final Pattern INCLUDE = Pattern.compile("<mj-include path=\"([a-z.]+)\" />");

	private static final Pattern INDENTATION = Pattern.compile(">\\s*\\n\\s*<");

	private static final Pattern SPACES = Pattern.compile(" {2,}");

	private static final ObjectMapper JSON = new ObjectMapper();

	private static final TypeReference<Map<String, @Nullable Object>> VALUES = new TypeReference<>() {
	};

	private final BuiltInTemplate template;

	MailFile(String name) {
		this.template = BuiltInTemplate.of(read(name));
	}

	/** Renders a whole document without its blocks. */
	HtmlSkeleton document(EmailModel mail) {
		Map<String, @Nullable Object> values = values(mail.brand().accent(), null, null);
		values.put("mail", JSON.convertValue(mail, VALUES));
		return HtmlSkeleton.of(mjml(values, mail.language()));
	}

	/** Renders a block, in the place where a document has its blocks. */
	HtmlSkeleton block(EmailModel.BlockModel block, String accent) {
		String document = mjml(values(accent, block, null), "en");
		return HtmlSkeleton.of(document.substring(document.indexOf(CUT) + 1, document.lastIndexOf(CUT)).strip() + '\n');
	}

	/** Renders HTML of a product. */
	HtmlSkeleton product(EmailModel.ProductModel item) {
		return HtmlSkeleton.of(compact(this.template.render(values("", null, item))).strip());
	}

	private String mjml(Map<String, @Nullable Object> values, String language) {
		return compact(Mjml4j.render(this.template.render(values),
				new Mjml4j.Configuration(language, Mjml4j.TextDirection.LTR)));
	}

	private static Map<String, @Nullable Object> values(String accent, EmailModel.@Nullable BlockModel block,
			EmailModel.@Nullable ProductModel item) {
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		values.put("mail", null);
		values.put("block", (block != null) ? JSON.convertValue(block, VALUES) : null);
		values.put("item", (item != null) ? JSON.convertValue(item, VALUES) : null);
		values.put("accent", accent);
		values.put("cut", CUT);
		values.put("nested", List.copyOf(IntStream.range(0, NESTED).mapToObj(HtmlSkeleton::nested).toList()));
		return values;
	}

	/**
	 * Removes indentation. The line breaks remain, so that no line is too long for SMTP.
	 */
	private static String compact(String html) {
		return SPACES.matcher(INDENTATION.matcher(html).replaceAll(">\n<")).replaceAll(" ");
	}

	private static String read(String name) {
		return INCLUDE.matcher(text(name)).replaceAll((include) -> Matcher.quoteReplacement(read(include.group(1))));
	}

	private static String text(String name) {
		try (InputStream file = MailFile.class.getResourceAsStream("/mail/" + name)) {
			if (file == null) {
				throw new IllegalArgumentException("There is no file mail/" + name + " on the class path; add it");
			}
			return new String(file.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
