package io.waypost.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Rules for the templates of pages. */
class PageTemplateTests {

	private static final Path TEMPLATES = Path.of("src/main/resources/templates");

	private static final Pattern ELEMENT = Pattern.compile("<[^<>]*>");

	private static final Pattern REPLACED = Pattern.compile("\\bth:(?:replace|insert)=");

	private static final Pattern CONDITION = Pattern.compile("\\bth:(?:if|unless|switch|case)=");

	/**
	 * Thymeleaf replaces an element before it reads its condition, so the fragment is
	 * rendered even when the condition does not hold.
	 */
	@Test
	void haveNoConditionOnAnElementThatIsReplaced() throws IOException {
		try (Stream<Path> files = Files.walk(TEMPLATES)) {
			List<String> both = files.filter((file) -> file.toString().endsWith(".html"))
				.flatMap(PageTemplateTests::both)
				.toList();
			assertThat(both).isEmpty();
		}
	}

	private static Stream<String> both(Path file) {
		try {
			return ELEMENT.matcher(Files.readString(file))
				.results()
				.map((element) -> element.group())
				.filter((element) -> REPLACED.matcher(element).find() && CONDITION.matcher(element).find())
				.map((element) -> file.getFileName() + ": " + element)
				.toList()
				.stream();
		}
		catch (IOException ex) {
			throw new IllegalStateException("Cannot read " + file, ex);
		}
	}

}
