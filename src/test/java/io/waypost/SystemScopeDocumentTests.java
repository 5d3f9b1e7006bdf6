package io.waypost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** docs/security.md lists every class that opens the scope of all tenants. */
class SystemScopeDocumentTests {

	private static final Path SOURCES = Path.of("src/main/java/io/waypost");

	private static final Pattern ALL_TENANTS = Pattern
		.compile("TenantScope\\s*(?:\\.|::)\\s*(?:all|runAll|openAll|anywhere)\\b");

	private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[A-Z][A-Za-z]+`(?:, `[A-Z][A-Za-z]+`)*) \\|");

	@Test
	void listsTheClassesThatOpenTheScopeOfAllTenants() throws IOException {
		String document = Files.readString(Path.of("docs/security.md"));
		String section = document.substring(document.indexOf("### Row-level security"),
				document.indexOf("## Accounts and keys"));
		Set<String> listed = ROW.matcher(section)
			.results()
			.flatMap((MatchResult row) -> Stream.of(row.group(1).replace("`", "").split(", ")))
			.collect(Collectors.toCollection(TreeSet::new));
		try (Stream<Path> files = Files.walk(SOURCES)) {
			Set<String> using = files.filter((file) -> file.toString().endsWith(".java"))
				.filter((file) -> ALL_TENANTS.matcher(read(file)).find())
				.map((file) -> file.getFileName().toString().replace(".java", ""))
				.collect(Collectors.toCollection(TreeSet::new));
			assertThat(listed).isEqualTo(using);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
