package io.waypost;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.testing.GeneratedDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code docs/configuration.md} holds every property of the metadata that the compiler
 * writes from our records, and the elements of properties that are lists.
 */
class ConfigurationDocumentTests {

	private static final Pattern LIST = Pattern.compile("java\\.util\\.List<(io\\.waypost\\.[\\w.$]+)>");

	private static final Pattern PARAMETER = Pattern.compile("@param (\\w+)\\s+(.*?)(?=\\s*\\*\\s*@|\\s*\\*/)",
			Pattern.DOTALL);

	private record Property(String name, String type, String initial, String description) {

		String row() {
			return "| `%s` | %s | %s | %s |".formatted(this.name, this.type,
					this.initial.isEmpty() ? "" : "`" + this.initial + "`", this.description);
		}

		String group() {
			String[] parts = this.name.split("[.\\[]", -1);
			return (parts.length > 2) ? parts[0] + "." + parts[1] : parts[0];
		}

	}

	@Test
	void holdsEveryProperty() throws Exception {
		GeneratedDocument.check("configuration.md", document(properties()));
	}

	private static String document(List<Property> properties) {
		Map<String, List<Property>> groups = properties.stream()
			.collect(Collectors.groupingBy(Property::group, TreeMap::new, Collectors.toList()));
		StringBuilder text = new StringBuilder(
				"""
						# Configuration

						This page is generated from the configuration metadata, so it lists every property that Waypost adds. To change a
						description, edit the Javadoc of the record that holds the property, then run
						`mvn -Dtest=ConfigurationDocumentTests -Ddocs.write test`. The build fails when page and code differ.

						Set a property in one of the ways of
						[Spring Boot](https://docs.spring.io/spring-boot/3.5/reference/features/external-config.html): as an argument
						(`--waypost.data-dir=/var/lib/waypost`), as an environment variable (upper case, dots as underscores, dashes left
						out: `WAYPOST_DATADIR`), or in an `application.yaml` in the working directory. Durations are written as `30s`,
						`15m`, `6h` or `7d`, sizes as `32KB`. List elements are numbered: `waypost.esp[0].type` or `WAYPOST_ESP_0_TYPE`.

						Spring's own properties apply too. The ones you are most likely to need: `server.address`, `server.port`,
						`spring.datasource.url`, `spring.datasource.username`, `spring.datasource.password`,
						`spring.kafka.bootstrap-servers`. With `spring.datasource.url`, Waypost starts neither the embedded
						database nor the sample workspace.
						""");
		groups.forEach((group, members) -> text.append("\n## %s\n\n".formatted(group))
			.append("| property | type | default | meaning |\n|---|---|---|---|\n")
			.append(members.stream().map(Property::row).collect(Collectors.joining("\n", "", "\n"))));
		return text.toString();
	}

	private static List<Property> properties() throws Exception {
		try (InputStream metadata = ConfigurationDocumentTests.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			Map<String, Property> sorted = new TreeMap<>();
			for (JsonNode node : new ObjectMapper().readTree(metadata).path("properties")) {
				String name = node.path("name").asText();
				if (name.startsWith("waypost.")) {
					Matcher list = LIST.matcher(node.path("type").asText());
					Property property = new Property(name, list.matches() ? "list" : type(node.path("type").asText()),
							initial(node.path("defaultValue")), plain(node.path("description").asText()));
					sorted.put(name, property);
					if (list.matches()) {
						elements(name, list.group(1)).forEach((element) -> sorted.put(element.name(), element));
					}
				}
			}
			return List.copyOf(sorted.values());
		}
	}

	private static List<Property> elements(String list, String type) throws Exception {
		Map<String, String> descriptions = descriptions(type);
		List<Property> elements = new ArrayList<>();
		for (var component : Class.forName(type).getRecordComponents()) {
			String name = component.getName().replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
			DefaultValue initial = constructorDefault(type, component.getName());
			elements.add(new Property(list + "[n]." + name, type(component.getGenericType().getTypeName()),
					(initial != null) ? String.join(", ", initial.value()) : "",
					plain(descriptions.getOrDefault(component.getName(), ""))));
		}
		return elements;
	}

	private static @Nullable DefaultValue constructorDefault(String type, String component)
			throws ClassNotFoundException {
		for (var parameter : Class.forName(type).getDeclaredConstructors()[0].getParameters()) {
			if (parameter.getName().equals(component)) {
				return parameter.getAnnotation(DefaultValue.class);
			}
		}
		return null;
	}

	/** From the Javadoc of the source, because the metadata stops at lists. */
	private static Map<String, String> descriptions(String type) throws IOException {
		Path source = Path.of("src/main/java", type.replaceAll("\\$.*", "").replace('.', '/') + ".java");
		Map<String, String> descriptions = new LinkedHashMap<>();
		Matcher parameter = PARAMETER.matcher(Files.readString(source));
		while (parameter.find()) {
			descriptions.putIfAbsent(parameter.group(1),
					parameter.group(2).replaceAll("\\s*\\n\\s*\\*\\s*", " ").strip());
		}
		return descriptions;
	}

	private static String initial(JsonNode value) {
		return value.isArray() ? StreamSupport.stream(value.spliterator(), false)
			.map(JsonNode::asText)
			.collect(Collectors.joining(", ")) : value.asText("");
	}

	private static String type(String type) {
		String simple = type.replaceAll("[\\w.$]+[.$](\\w+)", "$1");
		return switch (simple) {
			case "Integer", "Long", "Double", "BigDecimal", "int", "long", "double" -> "number";
			case "Boolean", "boolean" -> "true/false";
			case "String" -> "text";
			case "DataSize" -> "size";
			case "Path" -> "path";
			case "Duration" -> "duration";
			case "ZoneId" -> "time zone";
			case "LocalDate" -> "date";
			case "URI" -> "address";
			case "List<String>", "Set<String>" -> "list of texts";
			default -> "`" + simple + "`";
		};
	}

	private static String plain(String description) {
		return description.replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`").replace("|", "\\|");
	}

}
