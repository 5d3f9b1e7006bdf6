package io.waypost;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * There is no Docker engine in the build, so docker-compose.yml is kept honest by reading
 * it.
 */
class ComposeTests {

	private static final Pattern LIST_OF = Pattern.compile("java\\.util\\.List<(io\\.waypost\\..+)>");

	private final Map<String, Map<String, Object>> services = services();

	@Test
	void startsWaypostWithEverythingAroundIt() {
		assertThat(this.services).containsOnlyKeys("waypost", "postgres", "kafka", "prometheus", "grafana", "mailpit");
	}

	@Test
	void pinsEveryImage() {
		assertThat(this.services.values())
			.allSatisfy((service) -> assertThat((String) service.get("image")).as("image with an exact version")
				.matches("[a-z0-9./-]+:[a-z-]*v?\\d+\\.\\d+.*"));
	}

	@Test
	void opensPortsOnLoopbackOnly() {
		assertThat(this.services.values().stream().flatMap((service) -> strings(service.get("ports"))))
			.allMatch((port) -> port.startsWith("127.0.0.1:"));
	}

	@Test
	void mountsOnlyFilesOfTheRepository() {
		assertThat(this.services.values()
			.stream()
			.flatMap((service) -> strings(service.get("volumes")))
			.filter((volume) -> volume.startsWith("./src"))
			.map((volume) -> Path.of(volume.substring(0, volume.indexOf(':'))))).isNotEmpty().allMatch(Files::exists);
	}

	@Test
	void setsOnlyVariablesThatWaypostReads() throws IOException {
		Set<String> readable = environmentNames();
		assertThat(readable).contains("SPRING_DATASOURCE_URL", "SERVER_ADDRESS");
		Map<?, ?> environment = (Map<?, ?>) this.services.get("waypost").get("environment");
		assertThat(environment.keySet().stream().map(Object::toString)).isNotEmpty()
			.allSatisfy((variable) -> assertThat(readable).as("property behind a variable").contains(variable));
	}

	@Test
	@SuppressWarnings("unchecked")
	void keepsTheAdministratorsPasswordInOneFileForAllWhoNeedIt() throws IOException {
		try (InputStream scraping = Files.newInputStream(Path.of("src/main/docker/prometheus.yml"));
				InputStream compose = Files.newInputStream(Path.of("docker-compose.yml"))) {
			Map<String, Object> prometheus = new Yaml().load(scraping);
			Map<String, Object> job = ((List<Map<String, Object>>) prometheus.get("scrape_configs")).getFirst();
			Map<String, String> signIn = (Map<String, String>) job.get("basic_auth");
			String secret = signIn.get("password_file").replace("/run/secrets/", "");
			assertThat(environmentNames()).contains(environmentName(secret));
			assertThat(signIn).doesNotContainKey("password");
			for (String service : List.of("waypost", "prometheus")) {
				assertThat(strings(this.services.get(service).get("secrets"))).containsExactly(secret);
			}
			Map<String, Map<String, String>> secrets = (Map<String, Map<String, String>>) ((Map<String, Object>) new Yaml()
				.load(compose)).get("secrets");
			assertThat(Path.of(secrets.get(secret).get("file").replaceAll(".*:-(.*)}", "$1"))).exists();
		}
	}

	/** The directory of secrets is read as properties named after the files. */
	@Test
	void readsThePasswordFromASecret(@TempDir Path secrets) throws IOException {
		Files.copy(Path.of("src/main/docker/admin-password"), secrets.resolve("waypost.admin.password"));
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new MapPropertySource("compose", Map.of("spring.config.import", "configtree:" + secrets + "/")));
		ConfigDataEnvironmentPostProcessor.applyTo(environment);
		assertThat(environment.getProperty("waypost.admin.password")).isEqualTo("change-me-now");
	}

	/**
	 * The environment form of every property that some class on the class path declares.
	 */
	private static Set<String> environmentNames() throws IOException {
		Set<String> names = new TreeSet<>();
		for (URL metadata : Collections
			.list(ComposeTests.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream input = metadata.openStream()) {
				for (JsonNode property : new ObjectMapper().readTree(input).path("properties")) {
					String name = property.path("name").asText();
					names.add(environmentName(name));
					names.add(environmentName(name.replace('-', '_')));
					elementsOf(property.path("type").asText()).map((element) -> environmentName(name + ".0." + element))
						.forEach(names::add);
				}
			}
		}
		return names;
	}

	private static Stream<String> elementsOf(String type) {
		Matcher list = LIST_OF.matcher(type);
		if (!list.matches()) {
			return Stream.empty();
		}
		try {
			RecordComponent[] components = Class.forName(list.group(1)).getRecordComponents();
			return Arrays.stream(components).map(RecordComponent::getName);
		}
		catch (ClassNotFoundException missing) {
			throw new IllegalStateException(missing);
		}
	}

	/**
	 * Spring Boot's rule: dots become underscores, all upper case; dashes go or become
	 * underscores too.
	 */
	private static String environmentName(String property) {
		return property.replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT);
	}

	private static Stream<String> strings(Object list) {
		return (list instanceof List<?> values) ? values.stream().map(Object::toString) : Stream.empty();
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Map<String, Object>> services() {
		try (InputStream input = Files.newInputStream(Path.of("docker-compose.yml"))) {
			Map<String, Object> compose = new Yaml().load(input);
			return (Map<String, Map<String, Object>>) compose.get("services");
		}
		catch (IOException missing) {
			throw new IllegalStateException(missing);
		}
	}

}
