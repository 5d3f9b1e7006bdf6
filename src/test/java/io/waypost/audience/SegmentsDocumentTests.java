package io.waypost.audience;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import io.waypost.audience.language.ParseResult;
import io.waypost.audience.language.SegmentAttribute;
import io.waypost.audience.language.SegmentLanguage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks the examples and attributes in the language reference. */
class SegmentsDocumentTests {

	private static final Pattern EXAMPLE = Pattern.compile("(?s)```segment\\n(.*?)```");

	@Test
	void showsExamplesThatParse() throws IOException {
		List<String> examples = EXAMPLE.matcher(document()).results().map((example) -> example.group(1)).toList();
		assertThat(examples).hasSizeGreaterThan(10);
		for (String example : examples) {
			assertThat(SegmentLanguage.parse(example)).as(example).isInstanceOf(ParseResult.ParsedCondition.class);
		}
	}

	@Test
	void namesEveryAttribute() throws IOException {
		String document = document();
		for (SegmentAttribute attribute : SegmentAttribute.values()) {
			String name = attribute.phrase().startsWith("days since ")
					? attribute.phrase().substring("days since ".length()) : attribute.phrase();
			assertThat(document).contains(name);
		}
	}

	private static String document() throws IOException {
		return Files.readString(Path.of("docs/segments.md"));
	}

}
