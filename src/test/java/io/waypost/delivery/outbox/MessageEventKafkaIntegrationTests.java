package io.waypost.delivery.outbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.waypost.delivery.dispatch.DispatchFixture;
import io.waypost.kernel.SendId;
import io.waypost.testing.KafkaProcess;
import io.waypost.testing.MutableClock;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.kafka.KafkaAutoConfiguration;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.ClassPathResource;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The outbox with a real Kafka broker, which is killed and restarted. */
@Tag("broker")
class MessageEventKafkaIntegrationTests {

	private static final String TOPIC = "waypost.message-events";

	/** Timeouts of the producer, shorter than the shipped ones. */
	private static final Duration PRODUCER_TIMEOUT = Duration.ofSeconds(2);

	private final DispatchFixture fixture = new DispatchFixture(MutableClock.at("2026-11-06T10:00:00Z"), "fake");

	@TempDir
	private Path directory;

	@Test
	void keepsEventsWhileTheBrokerIsDownAndPublishesThemInOrderAfterwards() throws Exception {
		this.fixture.jdbc.sql("delete from delivery.outbox").update();
		try (KafkaProcess broker = KafkaProcess.start(this.directory.resolve("kafka"))) {
			ApplicationContextRunner producer = configuredProducer(broker.servers(),
					"spring.kafka.producer.properties.delivery.timeout.ms=" + PRODUCER_TIMEOUT.toMillis(),
					"spring.kafka.producer.properties.request.timeout.ms=" + PRODUCER_TIMEOUT.toMillis() / 2);
			producer.run((context) -> {
				@SuppressWarnings("unchecked")
				KafkaTemplate<Object, Object> kafka = context.getBean(KafkaTemplate.class);
				MessageEventRelay relay = new MessageEventRelay(this.fixture.jdbc, this.fixture.transaction,
						this.fixture.locks, kafka, broker.servers());
				enqueue(broker, "queued", "accepted");
				await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> relay.relay() == 2);

				broker.kill();
				enqueue(broker, "delivered", "opened");
				Instant startedAt = Instant.now();
				assertThatThrownBy(relay::relay).isInstanceOf(RuntimeException.class);
				assertThat(Duration.between(startedAt, Instant.now())).as("how long a transaction waits for the broker")
					.isLessThan(PRODUCER_TIMEOUT.plusSeconds(4));
				assertThat(pending()).isEqualTo(2);

				broker.startAgain();
				await().atMost(Duration.ofSeconds(90)).ignoreExceptions().until(() -> {
					relay.relay();
					return pending() == 0;
				});
				assertThat(statuses(broker)).as("each at least once, in order")
					.containsExactly("queued", "accepted", "delivered", "opened");
			});
		}
	}

	@Test
	void timesOutTheProducerBeforeTheTransaction() {
		configuredProducer("127.0.0.1:1").run((context) -> {
			Map<String, Object> shipped = context.getBean(ProducerFactory.class).getConfigurationProperties();
			assertThat(Duration.ofMillis(Long.parseLong(shipped.get("delivery.timeout.ms").toString())))
				.isLessThan(MessageEventRelay.PUBLISH_TIMEOUT);
			assertThat(Duration.ofMillis(Long.parseLong(shipped.get("max.block.ms").toString())))
				.isLessThan(MessageEventRelay.PUBLISH_TIMEOUT);
		});
	}

	/** Makes the producer with the settings of application.yaml. */
	private static ApplicationContextRunner configuredProducer(String servers, String... properties) {
		return new ApplicationContextRunner().withInitializer((context) -> {
			try {
				new YamlPropertySourceLoader().load("application", new ClassPathResource("application.yaml"))
					.forEach(context.getEnvironment().getPropertySources()::addLast);
			}
			catch (IOException missing) {
				throw new UncheckedIOException(missing);
			}
		})
			.withPropertyValues("spring.kafka.bootstrap-servers=" + servers)
			.withPropertyValues(properties)
			.withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class));
	}

	private void enqueue(KafkaProcess broker, String... statuses) {
		MessageEventOutbox events = new MessageEventOutbox(this.fixture.jdbc, this.fixture.json, broker.servers());
		SendId send = new SendId(this.fixture.ids.next());
		for (String status : statuses) {
			events.enqueue(List.of(new MessageEventOutbox.MessageEvent(this.fixture.tenant, send, status, null,
					this.fixture.clock.instant())));
		}
	}

	private int pending() {
		return this.fixture.jdbc.sql("select count(*) from delivery.outbox").query(Integer.class).single();
	}

	private List<String> statuses(KafkaProcess broker) {
		Map<String, Object> settings = Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.servers(),
				ConsumerConfig.GROUP_ID_CONFIG, "reader", ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
		List<String> seen = new ArrayList<>();
		try (Consumer<String, String> consumer = new DefaultKafkaConsumerFactory<>(settings, new StringDeserializer(),
				new StringDeserializer())
			.createConsumer()) {
			consumer.subscribe(List.of(TOPIC));
			await().atMost(Duration.ofSeconds(60)).pollInSameThread().until(() -> {
				consumer.poll(Duration.ofMillis(500)).forEach((event) -> seen.add(status(event.value())));
				return seen.contains("opened");
			});
		}
		return seen.stream().distinct().toList();
	}

	private static String status(String event) {
		return event.replaceAll("(?s).*\"status\"\\s*:\\s*\"([a-z]+)\".*", "$1");
	}

}
