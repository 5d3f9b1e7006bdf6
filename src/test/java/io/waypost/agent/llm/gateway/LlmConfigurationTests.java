package io.waypost.agent.llm.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waypost.agent.llm.ModelGateway;
import io.waypost.agent.llm.ModelPurpose;
import io.waypost.agent.llm.privacy.OutboundCheck;
import io.waypost.agent.pii.PersonalDataDetector;
import io.waypost.database.ServedRegion;
import org.junit.jupiter.api.Test;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

class LlmConfigurationTests {

	@Test
	void hasNoGatewayWithoutProviders() {
		assertThat(withoutProviders()).isSameAs(ModelGateway.NONE);
	}

	private static ModelGateway withoutProviders() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		return new LlmConfiguration().modelGateway(
				new LlmSettings(List.of(), Duration.ofSeconds(40), 5, Duration.ofSeconds(30)),
				new ServedRegion("", Map.of()), null, new RecordingBudget(), null,
				new OutboundCheck(new PersonalDataDetector(), meters), meters, Clock.systemUTC(), new Random());
	}

	@Test
	void loadsNoClientBeforeTheFirstRequest() throws Exception {
		ClientlessLoader loader = new ClientlessLoader();
		Object configured = ((Callable<?>) loader.loadClass(Probe.class.getName())
			.getDeclaredConstructor()
			.newInstance()).call();
		assertThat(configured).isEqualTo(true);
		assertThat(loader.clients).isEmpty();
		assertThat(loader.own).as("classes that this loader made").contains(ProviderGateway.class.getName());
	}

	@Test
	void keepsPromptsOutOfTheLogOfTheHttpClient() throws IOException {
		assertThat(new YamlPropertySourceLoader().load("application", new ClassPathResource("application.yaml"))
			.getFirst()
			.getProperty("logging.level.org.springframework.web.client.DefaultRestClient")).isEqualTo("info");
	}

	/** Makes gateways without and with providers. */
	public static class Probe implements Callable<Boolean> {

		@Override
		public Boolean call() {
			ProviderGateway gateway = new GatewayFixture().gateway(
					GatewayFixture.provider("a", "openai", "http://localhost:1/v1"),
					GatewayFixture.provider("b", "anthropic", "http://localhost:1"));
			return gateway.isConfigured(GatewayFixture.TENANT, ModelPurpose.WRITE)
					&& !withoutProviders().isConfigured();
		}

	}

	/** Loads the gateway a second time, and no class of a client. */
	private static final class ClientlessLoader extends ClassLoader {

		private static final List<String> CLIENTS = List.of("org.springframework.ai.", "com.knuddels.",
				"java.net.http.", "org.springframework.web.reactive.", "org.springframework.web.client.");

		private final List<String> clients = new ArrayList<>();

		private final List<String> own = new ArrayList<>();

		ClientlessLoader() {
			super(LlmConfigurationTests.class.getClassLoader());
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (CLIENTS.stream().anyMatch(name::startsWith)) {
				this.clients.add(name);
			}
			if (!name.startsWith("io.waypost.agent.llm.") || findLoadedClass(name) != null) {
				return super.loadClass(name, resolve);
			}
			try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
				byte[] bytes = file.readAllBytes();
				this.own.add(name);
				return defineClass(name, bytes, 0, bytes.length);
			}
			catch (IOException ex) {
				throw new ClassNotFoundException(name, ex);
			}
		}

	}

}
