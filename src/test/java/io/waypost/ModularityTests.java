package io.waypost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.waypost.testing.GeneratedDocument;
import org.junit.jupiter.api.Test;

import org.springframework.modulith.core.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

/**
 * Rooms import only what the floor plan allows, and the pictures of it are up to date.
 */
class ModularityTests {

	private static final Path PICTURES = Path.of("target/spring-modulith-docs");

	private final ApplicationModules rooms = ApplicationModules.of(WaypostApplication.class);

	@Test
	void verifiesModuleDependencies() {
		this.rooms.verify();
	}

	@Test
	void writesModuleDiagrams() throws IOException {
		new Documenter(this.rooms).writeModulesAsPlantUml().writeIndividualModulesAsPlantUml();
		GeneratedDocument.check("rooms.puml", sorted(Files.readAllLines(PICTURES.resolve("components.puml"))));
		GeneratedDocument.check("rooms.md", page(imports()));
	}

	/** The documenter writes components and relations in another order each time. */
	private static String sorted(List<String> picture) {
		List<String> lines = new ArrayList<>(picture);
		for (String kind : List.of("Component(", "Rel(")) {
			List<String> sorted = lines.stream().filter((line) -> line.strip().startsWith(kind)).sorted().toList();
			int first = IntStream.range(0, lines.size())
				.filter((at) -> lines.get(at).strip().startsWith(kind))
				.findFirst()
				.orElseThrow();
			lines.removeAll(sorted);
			lines.addAll(first, sorted);
		}
		return String.join("\n", lines) + "\n";
	}

	private Map<String, Set<String>> imports() {
		Map<String, Set<String>> imports = new TreeMap<>();
		for (ApplicationModule room : this.rooms) {
			imports.put(name(room),
					room.getDirectDependencies(this.rooms)
						.uniqueModules()
						.map(ModularityTests::name)
						.collect(Collectors.toCollection(TreeSet::new)));
		}
		return imports;
	}

	private static String name(ApplicationModule room) {
		return room.getIdentifier().toString();
	}

	private static String page(Map<String, Set<String>> imports) {
		return """
				# Rooms

				Each package directly under `io.waypost` is a room. An arrow means "imports"; an arrow that follows from others is
				left out of the picture, the table has all. The page and `rooms.puml` (Spring Modulith's own picture, with the kind
				of each dependency) are generated from the code: `mvn -Dtest=ModularityTests -Ddocs.write test`. What each room
				does is in [architecture.md](architecture.md).

				```mermaid
				flowchart TD
				%s
				```

				| room | imports | imported by |
				|---|---|---|
				%s
				"""
			.formatted(arrows(imports), rows(imports));
	}

	private static String arrows(Map<String, Set<String>> imports) {
		return imports.entrySet()
			.stream()
			.flatMap((room) -> room.getValue()
				.stream()
				.filter((target) -> room.getValue()
					.stream()
					.noneMatch((other) -> !other.equals(target) && reaches(imports, other, target)))
				.map((target) -> "  %s --> %s".formatted(room.getKey(), target)))
			.collect(Collectors.joining("\n"));
	}

	private static boolean reaches(Map<String, Set<String>> imports, String from, String to) {
		return imports.get(from).stream().anyMatch((next) -> next.equals(to) || reaches(imports, next, to));
	}

	private static String rows(Map<String, Set<String>> imports) {
		return imports.entrySet()
			.stream()
			.map((room) -> "| `%s` | %s | %s |".formatted(room.getKey(), String.join(", ", room.getValue()),
					imports.entrySet()
						.stream()
						.filter((other) -> other.getValue().contains(room.getKey()))
						.map(Map.Entry::getKey)
						.collect(Collectors.joining(", "))))
			.collect(Collectors.joining("\n"));
	}

}
