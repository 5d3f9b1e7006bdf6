package io.waypost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Each module has its own schema, and no statement of another module uses it. */
class SchemaTests {

	private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

	private static final Path MODULES = Path.of("src/main/java/io/waypost");

	private static final Pattern TABLE = Pattern
		.compile("(?i)\\b(?:from|join|into|update|references|table|function|exists|on)\\s+([a-z_]+)\\.[a-z_]+\\b");

	private static final Pattern VERSION = Pattern.compile("V\\d{12}__[a-z_]+\\.sql");

	@Test
	void numbersMigrationsInOneOrder() throws IOException {
		List<String> names = migrations().map((path) -> path.getFileName().toString()).toList();
		assertThat(names).allMatch((name) -> VERSION.matcher(name).matches());
		assertThat(names.stream().map((name) -> name.substring(0, name.indexOf("__")))).doesNotHaveDuplicates();
	}

	@Test
	void changesOnlyItsOwnSchema() throws IOException {
		assertThat(migrations()).isNotEmpty()
			.allSatisfy((path) -> assertThat(schemasIn(path)).as(path.toString())
				.containsOnly(path.getParent().getFileName().toString()));
	}

	@Test
	void readsOnlyItsOwnSchema() throws IOException {
		List<String> schemas;
		try (Stream<Path> folders = Files.list(MIGRATIONS)) {
			schemas = folders.map((folder) -> folder.getFileName().toString()).toList();
		}
		try (Stream<Path> sources = Files.walk(MODULES)) {
			assertThat(sources.filter((path) -> path.toString().endsWith(".java"))).isNotEmpty().allSatisfy((path) -> {
				String module = MODULES.relativize(path).getName(0).toString();
				assertThat(schemasIn(path).filter((schema) -> schemas.contains(schema) && !schema.equals(module)))
					.as("schemas of other modules in %s", path)
					.isEmpty();
			});
		}
	}

	private static Stream<Path> migrations() throws IOException {
		try (Stream<Path> files = Files.walk(MIGRATIONS)) {
			return files.filter(Files::isRegularFile).toList().stream();
		}
	}

	private static Stream<String> schemasIn(Path path) {
		try {
			String text = Files.readString(path).replaceAll("--[^\\n]*|//[^\\n]*|(?m)^\\s*\\*.*$", "");
			return TABLE.matcher(text).results().map((MatchResult found) -> found.group(1));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
