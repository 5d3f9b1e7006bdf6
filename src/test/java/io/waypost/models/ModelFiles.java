package io.waypost.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The models of this repository, as files. */
final class ModelFiles {

	private ModelFiles() {
	}

	static List<Path> processes() {
		return files("processes", ".bpmn");
	}

	static List<Path> tables() {
		return files("dmn", ".dmn");
	}

	static List<Path> forms() {
		return files("forms", ".form");
	}

	static List<Path> all() {
		return Stream.of(processes(), tables(), forms()).flatMap(List::stream).toList();
	}

	static Path table(String key) {
		return Path.of("dmn", key + ".dmn");
	}

	static String text(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<Path> files(String folder, String ending) {
		try (Stream<Path> files = Files.walk(Path.of(folder))) {
			return files.filter((file) -> file.toString().endsWith(ending)).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
