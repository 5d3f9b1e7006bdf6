package io.waypost.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A file under {@code docs} that a test generates. The test compares; with
 * {@code -Ddocs.write} it writes the file instead.
 */
public final class GeneratedDocument {

	private static final boolean WRITE = System.getProperty("docs.write") != null;

	private GeneratedDocument() {
	}

	/**
	 * Compares a file with what it should hold, or writes it.
	 * @param name below {@code docs}
	 * @param content the whole file
	 */
	public static void check(String name, String content) throws IOException {
		Path file = Path.of("docs").resolve(name);
		if (WRITE) {
			Files.writeString(file, content);
		}
		assertThat(file)
			.as("run 'mvn -Dtest=*DocumentTests,ModularityTests -Ddocs.write test' and commit docs/%s", name)
			.exists()
			.content()
			.isEqualTo(content);
	}

}
