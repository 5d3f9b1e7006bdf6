package io.waypost.journey.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.waypost.journey.engine.deploy.BundledModels;

/**
 * The models in the source folders, by the names that {@link BundledModels} gives them.
 */
final class ModelFolder {

	private static final Map<String, String> KINDS = Map.of("processes", ".bpmn", "dmn", ".dmn", "forms", ".form");

	private final Path root;

	ModelFolder(Path root) {
		this.root = root;
	}

	/**
	 * Time and size of each file; they change with every edit.
	 * @return by name
	 */
	SortedMap<String, String> marks() throws IOException {
		SortedMap<String, String> marks = new TreeMap<>();
		for (Path file : files()) {
			try {
				marks.put(name(file), Files.getLastModifiedTime(file) + " " + Files.size(file));
			}
			catch (NoSuchFileException ex) {
				// Editors replace files: a file deleted here exists at the next poll
			}
		}
		return marks;
	}

	/**
	 * The content of all models.
	 * @return by name
	 */
	SortedMap<String, byte[]> contents() throws IOException {
		SortedMap<String, byte[]> contents = new TreeMap<>();
		for (Path file : files()) {
			contents.put(name(file), Files.readAllBytes(file));
		}
		return contents;
	}

	private String name(Path file) {
		return this.root.relativize(file).toString().replace('\\', '/');
	}

	private List<Path> files() throws IOException {
		Stream.Builder<Path> found = Stream.builder();
		for (Map.Entry<String, String> kind : KINDS.entrySet()) {
			Path folder = this.root.resolve(kind.getKey());
			if (Files.isDirectory(folder)) {
				try (Stream<Path> files = Files.walk(folder)) {
					files.filter((file) -> file.toString().endsWith(kind.getValue())).forEach(found);
				}
			}
		}
		return found.build().toList();
	}

}
