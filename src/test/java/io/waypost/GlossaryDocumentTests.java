package io.waypost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Words that {@code docs/glossary.md} lists as not used are not used. */
class GlossaryDocumentTests {

	private static final Path GLOSSARY = Path.of("docs/glossary.md");

	private static final Pattern ROW = Pattern.compile("(?m)^\\| \\*\\*.+\\|.+\\|(.*)\\|$");

	private static final List<Path> FOLDERS = Stream.of("src/main", "docs", "processes", "dmn", "forms", ".camunda")
		.map(Path::of)
		.toList();

	private static final Pattern TEXT = Pattern.compile(".*\\.(?:java|sql|md|properties|bpmn|dmn|form|html|json|yaml)");

	@Test
	void listsOnlyWordsThatAreNotUsed() throws IOException {
		List<String> words = ROW.matcher(Files.readString(GLOSSARY))
			.results()
			.flatMap((row) -> Stream.of(row.group(1).split(",", -1)))
			.map(String::strip)
			.filter((word) -> !word.isEmpty())
			.toList();
		assertThat(words).hasSizeGreaterThan(10).doesNotHaveDuplicates();
		Pattern anyWord = Pattern.compile("(?i)\\b(?:" + String.join("|", words) + ")s?\\b");
		List<String> used = new ArrayList<>();
		for (Path file : files()) {
			anyWord.matcher(Files.readString(file)).results().forEach((word) -> used.add(file + ": " + word.group()));
		}
		assertThat(used).as("words that the glossary lists as not used").isEmpty();
	}

	private static List<Path> files() throws IOException {
		List<Path> files = new ArrayList<>();
		for (Path folder : FOLDERS) {
			try (Stream<Path> found = Files.walk(folder)) {
				found.filter((file) -> TEXT.matcher(file.toString()).matches() && !file.equals(GLOSSARY))
					.forEach(files::add);
			}
		}
		return files;
	}

}
