package io.waypost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Links, types, files, properties and test names in the README and in {@code docs} exist.
 */
class MarkdownDocumentTests {

	private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");

	private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

	private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");

	/** A type, or a type and a member, as in {@code DispatchIntegrationTests#test}. */
	private static final Pattern TYPE = Pattern.compile("([A-Z][a-z]\\w*[a-z][A-Z]\\w*)(?:[.#](\\w+))*(?:\\(\\))?");

	private static final Pattern DECLARATION = Pattern.compile("\\b(?:class|record|interface|enum) (\\w+)");

	private static final Pattern FILE = Pattern.compile("[\\w.-]+(?:/[\\w.-]+)+|[a-z-]+\\.(?:bpmn|dmn|form)");

	private static final Pattern PROPERTY = Pattern.compile("(?<![\\w.])waypost(?:\\.[a-z-]+(?:\\[[0-9n]])?)+");

	private static final Pattern PROFILE = Pattern.compile("(?<=[\\s`])-P([\\w-]+)");

	private static final Pattern SELECTED_TEST = Pattern.compile("-Dtest='?([\\w#*,]+)'?");

	/** Types of libraries, an attribute of cookies and an earlier name. */
	private static final Set<String> OTHER_NAMES = Set.of("DecisionService", "EmbeddedPostgres", "FeelEngine",
			"HttpOnly", "IntakeBenchmark", "JsonNode", "RandomGenerator");

	/**
	 * Settings of transactions, Kafka topics, files and an element of a list, which look
	 * like properties.
	 */
	private static final Set<String> OTHER_PROPERTIES = Set.of("waypost.tenant", "waypost.excluded", "waypost.events",
			"waypost.message-events", "waypost.esp[n]", "waypost.jar", "waypost.jsa");

	private static final Set<String> ROOTS = Set.of("src", "docs", "processes", "dmn", "forms", ".ci", ".camunda");

	/** Sources by the names of the types that they declare. */
	private static final Map<String, String> TYPES = types();

	private static final Path BASE_PACKAGE = Path.of("src/main/java/io/waypost");

	static List<Path> documents() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("docs"))) {
			return Stream
				.concat(Stream.of(Path.of("README.md")), files.filter((file) -> file.toString().endsWith(".md")))
				.sorted()
				.toList();
		}
	}

	@ParameterizedTest
	@MethodSource("documents")
	void linksToExistingFilesAndHeadings(Path document) throws IOException {
		List<String> broken = new ArrayList<>();
		for (MatchResult link : LINK.matcher(prose(document)).results().toList()) {
			Path target = link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1)).normalize();
			if (!Files.exists(target) || (link.group(2) != null && !anchors(target).contains(link.group(2)))) {
				broken.add(link.group());
			}
		}
		assertThat(broken).as("links of %s to missing files or headings", document).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("documents")
	void namesExistingTypesAndMembers(Path document) throws IOException {
		List<String> missing = code(document).map(TYPE::matcher)
			.filter((matcher) -> matcher.matches() && !OTHER_NAMES.contains(matcher.group(1)))
			.filter((matcher) -> !isDeclared(matcher.group(1), matcher.group(2)))
			.map(MatchResult::group)
			.toList();
		assertThat(missing).as("types and members named in %s that do not exist", document).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("documents")
	void namesExistingFiles(Path document) throws IOException {
		List<String> missing = code(document).filter((text) -> FILE.matcher(text).matches())
			.filter((text) -> text.matches("[a-z-]+\\.\\w+") || ROOTS.contains(text.substring(0, text.indexOf('/'))))
			.filter((text) -> !fileExists(text))
			.toList();
		assertThat(missing).as("files named in %s that do not exist", document).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("documents")
	void namesExistingProperties(Path document) throws IOException {
		KnownSettings settings = KnownSettings.load().orElseThrow();
		List<String> missing = PROPERTY.matcher(HEADING.matcher(Files.readString(document)).replaceAll(""))
			.results()
			.map(MatchResult::group)
			.filter((name) -> !OTHER_PROPERTIES.contains(name) && !isMeter(name))
			.filter((name) -> !settings.contains(name.replace("[n]", "[0]")))
			.filter((name) -> !settings.isList(name.replace("[n]", "")))
			.distinct()
			.toList();
		assertThat(missing).as("properties named in %s that do not exist", document).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("documents")
	void selectsExistingTests(Path document) throws IOException {
		List<String> missing = SELECTED_TEST.matcher(Files.readString(document))
			.results()
			.flatMap((selection) -> Stream.of(selection.group(1).split(",", -1)))
			.filter((test) -> !test.contains("*"))
			.filter((test) -> !isDeclared(test.split("#", -1)[0], test.contains("#") ? test.split("#", -1)[1] : null))
			.toList();
		assertThat(missing).as("tests selected in %s that do not exist", document).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("documents")
	void namesExistingMavenProfiles(Path document) throws IOException {
		String pom = Files.readString(Path.of("pom.xml"));
		List<String> missing = PROFILE.matcher(Files.readString(document))
			.results()
			.map((profile) -> profile.group(1))
			.filter((profile) -> !pom.contains("<id>" + profile + "</id>"))
			.toList();
		assertThat(missing).as("Maven profiles named in %s that do not exist", document).isEmpty();
	}

	@Test
	void findsQuestionsInExistingFolders() throws IOException {
		String table = Files.readString(Path.of("docs/contributing.md")).split("## Where do I find", -1)[1];
		List<String> missing = table.lines()
			.filter((line) -> line.startsWith("| ") && line.contains("`"))
			.flatMap((line) -> CODE.matcher(line.substring(line.indexOf('|', 1))).results())
			.map((code) -> code.group(1))
			.filter((text) -> text.matches("[a-z][\\w./-]*"))
			.filter((text) -> !Files.exists(BASE_PACKAGE.resolve(text)) && !Files.exists(Path.of(text))
					&& !Files.exists(BASE_PACKAGE.resolve(text + ".java")))
			.toList();
		assertThat(missing).as("folders of the table 'Where do I find' that do not exist").isEmpty();
	}

	private static Map<String, String> types() {
		Map<String, String> types = new HashMap<>();
		for (String folder : List.of("src/main/java", "src/test/java", "src/bench/java")) {
			try (Stream<Path> files = Files.walk(Path.of(folder))) {
				for (Path file : files.filter((path) -> path.toString().endsWith(".java")).toList()) {
					String source = Files.readString(file);
					DECLARATION.matcher(source).results().forEach((type) -> types.put(type.group(1), source));
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return types;
	}

	/** The text without code blocks, in which brackets have other meanings. */
	private static String prose(Path document) throws IOException {
		return Files.readString(document).replaceAll("(?s)```.*?```", "");
	}

	private static Stream<String> code(Path document) throws IOException {
		return CODE.matcher(prose(document)).results().map((code) -> code.group(1));
	}

	/** Anchors as GitHub derives them from headings. */
	private static Set<String> anchors(Path document) throws IOException {
		return HEADING.matcher(prose(document))
			.results()
			.map((heading) -> heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
			.collect(Collectors.toSet());
	}

	private static boolean isDeclared(String type, @Nullable String member) {
		return TYPES.containsKey(type) && (member == null || TYPES.get(type).contains(member));
	}

	private static boolean isMeter(String name) {
		return TYPES.values().stream().anyMatch((source) -> source.contains("\"" + name + "\""));
	}

	private static boolean fileExists(String name) {
		return Files.exists(Path.of(name))
				|| Stream.of("processes", "dmn", "forms").anyMatch((folder) -> Files.exists(Path.of(folder, name)));
	}

}
