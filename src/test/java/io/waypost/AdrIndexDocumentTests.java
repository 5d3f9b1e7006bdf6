package io.waypost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.waypost.testing.GeneratedDocument;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code docs/adr/README.md} lists every decision record with its title and status. */
class AdrIndexDocumentTests {

	private static final Path FOLDER = Path.of("docs/adr");

	private static final Pattern HEAD = Pattern.compile(
			"# (?:\\d{4}\\. )?(.+)\\n\\nDate: (\\d{4}-\\d{2}-\\d{2})\\. Status: (.+?)\\.?\\n\\n.*", Pattern.DOTALL);

	private record Adr(String file, String title, String date, String status) {

		static Adr read(Path path) {
			try {
				Matcher head = HEAD.matcher(Files.readString(path));
				assertThat(head.matches()).as("%s starts with '# Title', then 'Date: yyyy-mm-dd. Status: ...'", path)
					.isTrue();
				return new Adr(path.getFileName().toString(), head.group(1), head.group(2),
						head.group(3).replace('\n', ' '));
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}

		String number() {
			return this.file.substring(0, 4);
		}

		String row() {
			return "| [%s](%s) | %s | %s | %s |".formatted(number(), this.file, this.title, this.date, this.status);
		}

	}

	@Test
	void listsEveryRecord() throws IOException {
		List<Adr> records = records();
		assertThat(records.stream().map(Adr::number)).doesNotHaveDuplicates();
		GeneratedDocument.check("adr/README.md",
				"""
						# Architecture decision records

						One file for each decision that a reader may question: context, decision, consequences with numbers, and the test
						that confirms it. A decision that changes gets a new record, and the old one says so in its status. Name a file
						`NNNN-what-is-decided.md`; hundreds group by subject. This index is generated:
						`mvn -Dtest=AdrIndexDocumentTests -Ddocs.write test`.

						| number | decision | date | status |
						|---|---|---|---|
						"""
						+ records.stream().map(Adr::row).collect(Collectors.joining("\n", "", "\n")));
	}

	private static List<Adr> records() throws IOException {
		try (Stream<Path> files = Files.list(FOLDER)) {
			return files.filter((file) -> file.getFileName().toString().matches("\\d{4}-.+\\.md"))
				.sorted()
				.map(Adr::read)
				.toList();
		}
	}

}
