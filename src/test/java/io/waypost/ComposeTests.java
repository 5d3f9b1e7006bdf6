package io.waypost;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
	void hasNoDefaultPasswords() throws IOException {
		String compose = Files.readString(Path.of("docker-compose.yml"));
		assertThat(compose.lines()
			.filter((line) -> line.matches("(?i).*(password|secret|token|key)[^:]*: *\\S.*")
					&& !line.contains("/run/secrets/") && !line.contains("${WAYPOST_SECRETS:?")
					&& !line.strip().startsWith("#")))
			.isEmpty();
		assertThat(secretFiles()).isNotEmpty()
			.allSatisfy(
					(name, file) -> assertThat(file).matches("\\$\\{WAYPOST_SECRETS:\\?[^}]*}/" + Pattern.quote(name)));
		assertThat(Path.of("src/main/docker")).isDirectoryNotContaining("glob:**password*");
	}

	@Test
	void declaresTheSecretsThatServicesUse() {
		assertThat(this.services.values().stream().flatMap((service) -> strings(service.get("secrets"))).distinct())
			.containsExactlyInAnyOrderElementsOf(secretFiles().keySet());
	}

	/** The scraper gets a token of its own, not the password of an account. */
	@Test
	@SuppressWarnings("unchecked")
	void scrapesWithTheMetricsToken() throws IOException {
		try (InputStream scraping = Files.newInputStream(Path.of("src/main/docker/prometheus.yml"))) {
			Map<String, Object> prometheus = new Yaml().load(scraping);
			Map<String, Object> job = ((List<Map<String, Object>>) prometheus.get("scrape_configs")).getFirst();
			assertThat(job).doesNotContainKey("basic_auth");
			assertThat((Map<String, String>) job.get("authorization"))
				.containsExactly(Map.entry("credentials_file", "/run/secrets/waypost.access.metrics-token"));
			assertThat(strings(this.services.get("prometheus").get("secrets")))
				.containsExactly("waypost.access.metrics-token");
		}
	}

	/** The script creates what the services need; Waypost reads files as properties. */
	@Test
	void readsTheCreatedSecrets(@TempDir Path directory) throws Exception {
		Path secrets = directory.resolve("secrets");
		createSecrets(secrets);
		String first = Files.readString(secrets.resolve("waypost.admin.password"));
		createSecrets(secrets);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets))).isEqualTo("rwx------");
		assertThat(secretFiles().keySet()).allSatisfy((name) -> assertThat(secrets.resolve(name)).isNotEmptyFile());
		assertThat(strings(this.services.get("waypost").get("secrets")).map(ComposeTests::environmentName))
			.isSubsetOf(environmentNames());
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new MapPropertySource("compose", Map.of("spring.config.import", "configtree:" + secrets + "/")));
		ConfigDataEnvironmentPostProcessor.applyTo(environment);
		assertThat(environment.getProperty("waypost.admin.password")).isEqualTo(first).hasSize(48);
		assertThat(environment.getProperty("spring.datasource.password")).hasSize(48).isNotEqualTo(first);
		assertThat(Base64.getDecoder().decode(environment.getProperty("waypost.identity.master-key"))).hasSize(32);
	}

	private static void createSecrets(Path directory) throws Exception {
		Process script = new ProcessBuilder("sh", "src/main/docker/create-secrets.sh", directory.toString())
			.redirectErrorStream(true)
			.start();
		String output = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(script.waitFor()).as(output).isZero();
	}

	@SuppressWarnings("unchecked")
	private static Map<String, String> secretFiles() {
		try (InputStream compose = Files.newInputStream(Path.of("docker-compose.yml"))) {
			Map<String, Map<String, String>> secrets = (Map<String, Map<String, String>>) ((Map<String, Object>) new Yaml()
				.load(compose)).get("secrets");
			Map<String, String> files = new TreeMap<>();
			secrets.forEach((name, secret) -> files.put(name, secret.get("file")));
			return files;
		}
		catch (IOException missing) {
			throw new IllegalStateException(missing);
		}
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
