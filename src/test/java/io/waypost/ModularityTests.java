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
 * Modules import only what their {@code @ApplicationModule} allows, and the diagrams are
 * up to date.
 */
class ModularityTests {

	private static final Path DIAGRAMS = Path.of("target/spring-modulith-docs");

	private final ApplicationModules modules = ApplicationModules.of(WaypostApplication.class);

	@Test
	void verifiesModuleDependencies() {
		this.modules.verify();
	}

	@Test
	void writesModuleDiagrams() throws IOException {
		new Documenter(this.modules).writeModulesAsPlantUml().writeIndividualModulesAsPlantUml();
		GeneratedDocument.check("modules.puml", sorted(Files.readAllLines(DIAGRAMS.resolve("components.puml"))));
		GeneratedDocument.check("modules.md", page(imports()));
	}

	/** The documenter writes components and relations in another order each time. */
	private static String sorted(List<String> diagram) {
		List<String> lines = new ArrayList<>(diagram);
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
		for (ApplicationModule module : this.modules) {
			imports.put(name(module),
					module.getDirectDependencies(this.modules)
						.uniqueModules()
						.map(ModularityTests::name)
						.collect(Collectors.toCollection(TreeSet::new)));
		}
		return imports;
	}

	private static String name(ApplicationModule module) {
		return module.getIdentifier().toString();
	}

	private static String page(Map<String, Set<String>> imports) {
		return """
				# Modules

				Each package directly under `io.waypost` is an application module of Spring Modulith. An arrow means "imports". The
				diagram omits arrows that follow from others; the table is complete. This page and `modules.puml` (Spring Modulith's
				own diagram, with the kind of each dependency) are generated from the code:
				`mvn -Dtest=ModularityTests -Ddocs.write test`. [architecture.md](architecture.md) says what each module does.

				```mermaid
				flowchart TD
				%s
				```

				| module | imports | imported by |
				|---|---|---|
				%s
				"""
			.formatted(arrows(imports), rows(imports));
	}

	private static String arrows(Map<String, Set<String>> imports) {
		return imports.entrySet()
			.stream()
			.flatMap((module) -> module.getValue()
				.stream()
				.filter((target) -> module.getValue()
					.stream()
					.noneMatch((other) -> !other.equals(target) && reaches(imports, other, target)))
				.map((target) -> "  %s --> %s".formatted(module.getKey(), target)))
			.collect(Collectors.joining("\n"));
	}

	private static boolean reaches(Map<String, Set<String>> imports, String from, String to) {
		return imports.get(from).stream().anyMatch((next) -> next.equals(to) || reaches(imports, next, to));
	}

	private static String rows(Map<String, Set<String>> imports) {
		return imports.entrySet()
			.stream()
			.map((module) -> "| `%s` | %s | %s |".formatted(module.getKey(), String.join(", ", module.getValue()),
					imports.entrySet()
						.stream()
						.filter((other) -> other.getValue().contains(module.getKey()))
						.map(Map.Entry::getKey)
						.collect(Collectors.joining(", "))))
			.collect(Collectors.joining("\n"));
	}

}
