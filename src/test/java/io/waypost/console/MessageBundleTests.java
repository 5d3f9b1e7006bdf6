package io.waypost.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.EncodedResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Templates and message bundle belong together. */
class MessageBundleTests {

	private static final Path TEMPLATES = Path.of("src/main/resources/templates");

	private static final Pattern KEY = Pattern.compile("#\\{([A-Za-z][\\w.]*)");

	private static final Pattern TEXT = Pattern
		.compile("(?s)>([^<>\\[{]*[A-Za-z]{3,}[^<>\\[{]*)<(?!/(?:code|title|script))");

	private static final Path CLASSES = Path.of("src/main/java/io/waypost/console");

	private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

	/** Two words with a space between them. */
	private static final Pattern PHRASE = Pattern.compile("[A-Za-z]{2,} [A-Za-z]{2,}");

	/** Texts for the log and for API clients, regular expressions and event names. */
	private static final Pattern NOT_ON_A_PAGE = Pattern
		.compile("Exception\\(|setDetail\\(|replaceFirst\\(|Pattern\\.compile|Product Added");

	private final Properties messages;

	MessageBundleTests() throws IOException {
		this.messages = PropertiesLoaderUtils
			.loadProperties(new EncodedResource(new ClassPathResource("console/messages.properties"), UTF_8));
	}

	@Test
	void hasEveryTextOfTheTemplates() throws IOException {
		Set<String> missing = new TreeSet<>();
		templates().forEach((template) -> {
			Matcher keys = KEY.matcher(read(template));
			while (keys.find()) {
				if (!this.messages.containsKey(keys.group(1))) {
					missing.add(template.getFileName() + ": " + keys.group(1));
				}
			}
		});
		assertThat(missing).isEmpty();
	}

	/** An apostrophe in a MessageFormat pattern switches its arguments off. */
	@Test
	void hasNoApostropheInPatterns() {
		assertThat(this.messages.stringPropertyNames()).filteredOn((key) -> {
			String text = this.messages.getProperty(key);
			return text.contains("{0") && text.contains("'");
		}).isEmpty();
	}

	@Test
	void holdsTheTextsOfEveryTemplate() throws IOException {
		Set<String> literals = new TreeSet<>();
		templates().forEach((template) -> {
			Matcher texts = TEXT.matcher(read(template).replaceAll("(?s)<script.*?</script>", ""));
			while (texts.find()) {
				literals.add(template.getFileName() + ": " + texts.group(1).strip());
			}
		});
		assertThat(literals)
			.filteredOn((text) -> !text.endsWith(": Waypost") && !text.endsWith(": UTC") && !text.contains("shopper-"))
			.isEmpty();
	}

	/** A phrase in a class of the console belongs into the bundle. */
	@Test
	void holdsTheTextsOfEveryClass() throws IOException {
		Set<String> literals = new TreeSet<>();
		try (Stream<Path> classes = Files.walk(CLASSES)) {
			classes.filter((file) -> file.toString().endsWith(".java"))
				.forEach((file) -> read(file).lines()
					.filter((line) -> !line.strip().startsWith("*") && !NOT_ON_A_PAGE.matcher(line).find())
					.flatMap((line) -> LITERAL.matcher(line).results())
					.map((literal) -> literal.group(1))
					.filter((text) -> PHRASE.matcher(text).find())
					.forEach((text) -> literals.add(file.getFileName() + ": " + text)));
		}
		assertThat(literals).isEmpty();
	}

	private static Stream<Path> templates() throws IOException {
		return Files.walk(TEMPLATES)
			.filter((file) -> file.toString().endsWith(".html"))
			.filter((file) -> !file.toString().contains("feedback"))
			.toList()
			.stream();
	}

	private static String read(Path template) {
		try {
			return Files.readString(template);
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

}
