package io.waypost.audience;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import io.waypost.audience.language.Fact;
import io.waypost.audience.language.Reading;
import io.waypost.audience.language.SegmentLanguage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the language reference shows can be said. */
class SegmentsDocumentTests {

	private static final Pattern EXAMPLE = Pattern.compile("(?s)```segment\\n(.*?)```");

	@Test
	void showsExamplesThatParse() throws IOException {
		List<String> examples = EXAMPLE.matcher(document()).results().map((example) -> example.group(1)).toList();
		assertThat(examples).hasSizeGreaterThan(10);
		for (String example : examples) {
			assertThat(SegmentLanguage.read(example)).as(example).isInstanceOf(Reading.Read.class);
		}
	}

	@Test
	void namesEveryFact() throws IOException {
		String document = document();
		for (Fact fact : Fact.values()) {
			String name = fact.words().startsWith("days since ") ? fact.words().substring("days since ".length())
					: fact.words();
			assertThat(document).contains(name);
		}
	}

	private static String document() throws IOException {
		return Files.readString(Path.of("docs/segments.md"));
	}

}
