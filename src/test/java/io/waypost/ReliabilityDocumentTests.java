package io.waypost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The document that says which test holds a promise names tests that are there. */
class ReliabilityDocumentTests {

	private static final Pattern NAMED = Pattern.compile("`(\\w+Tests)#(\\w+)`");

	@Test
	void namesTestsThatExist() throws IOException {
		Map<String, Path> classes;
		try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
			classes = files.filter((file) -> file.toString().endsWith("Tests.java"))
				.collect(
						Collectors.toMap((file) -> file.getFileName().toString().replace(".java", ""), (file) -> file));
		}
		List<MatchResult> named = NAMED.matcher(Files.readString(Path.of("docs/reliability.md"))).results().toList();
		assertThat(named).hasSizeGreaterThan(20);
		for (MatchResult test : named) {
			assertThat(classes).containsKey(test.group(1));
			assertThat(Files.readString(classes.get(test.group(1)))).as(test.group())
				.contains("void " + test.group(2) + "(");
		}
	}

}
