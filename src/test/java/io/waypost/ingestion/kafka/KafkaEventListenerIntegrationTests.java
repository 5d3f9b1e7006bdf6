package io.waypost.ingestion.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.waypost.access.WriteKeyRepository;
import io.waypost.identity.Identifier;
import io.waypost.ingestion.Event;
import io.waypost.ingestion.IngestionSettings;
import io.waypost.ingestion.TestIngestion;
import io.waypost.ingestion.deadletter.DeadLetterRepository;
import io.waypost.ingestion.parse.EventParser;
import io.waypost.ingestion.store.BatchIngestor;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.kafka.KafkaProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.kafka.test.utils.KafkaTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Records of the topic are ingested once; invalid ones go to the dead-letter topic. */
@Tag("broker")
class KafkaEventListenerIntegrationTests {

	private static EmbeddedKafkaKraftBroker broker;

	private final TestIngestion ingestion = new TestIngestion(Clock.systemUTC());

	@BeforeAll
	static void startBroker() {
		broker = new EmbeddedKafkaKraftBroker(1, 1, KafkaEventListener.TOPIC, KafkaEventListener.DEAD_LETTER_TOPIC);
		// Not the product's own property: it would show in every context of this JVM
		broker.brokerListProperty("test.kafka.brokers");
		broker.afterPropertiesSet();
	}

	@AfterAll
	static void stopBroker() {
		broker.destroy();
	}

	@Test
	void ingestsRecordsOnceAndRejectsInvalidOnes() {
		runner().run((context) -> {
			awaitAssignment(context);
			KafkaTemplate<byte[], byte[]> source = source();
			String event = "{\"type\":\"track\",\"event\":\"Order Completed\",\"userId\":\"k1\",\"messageId\":\"m1\",\"timestamp\":\"2026-03-01T10:00:00Z\"}";
			send(source, event, this.ingestion.writeKey);
			send(source, event, this.ingestion.writeKey);
			send(source, "{\"batch\":[%s,{\"type\":\"dance\",\"userId\":\"k1\"}],\"writeKey\":\"%s\"}"
				.formatted(event.replace("m1", "m2"), this.ingestion.writeKey), null);
			send(source, "not json", this.ingestion.writeKey);
			send(source, event, "nobody's key");

			await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(events()).hasSize(2));
			assertThat(events().getFirst().occurredAt()).isEqualTo("2026-03-01T10:00:00Z");
			assertThat(this.ingestion.deadLetters.list(this.ingestion.tenant, 10, null).items()).singleElement()
				.satisfies((letter) -> {
					assertThat(letter.source()).isEqualTo("kafka");
					assertThat(letter.reason()).isEqualTo("unknown-type");
				});
			assertThat(deadLetters(2)).extracting((letter) -> new String(letter.value(), StandardCharsets.UTF_8))
				.containsExactly("not json", event);
		});
	}

	@Test
	void isAbsentWithoutABroker() {
		new ApplicationContextRunner().withUserConfiguration(KafkaIngestionConfiguration.class)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(KafkaEventListener.class));
	}

	private ApplicationContextRunner runner() {
		return new ApplicationContextRunner().withUserConfiguration(KafkaIngestionConfiguration.class)
			.withPropertyValues("spring.kafka.bootstrap-servers=" + broker.getBrokersAsString())
			.withBean(KafkaProperties.class, () -> {
				KafkaProperties properties = new KafkaProperties();
				properties.setBootstrapServers(List.of(broker.getBrokersAsString()));
				return properties;
			})
			.withBean(WriteKeyRepository.class, this.ingestion::writeKeys)
			.withBean(EventParser.class, () -> this.ingestion.reader)
			.withBean(BatchIngestor.class, () -> this.ingestion.ingestor)
			.withBean(DeadLetterRepository.class, () -> this.ingestion.deadLetters)
			.withBean(IngestionSettings.class, () -> TestIngestion.SETTINGS)
			.withBean(Clock.class, () -> this.ingestion.clock);
	}

	private static void awaitAssignment(ApplicationContext context) {
		KafkaListenerEndpointRegistry registry = context.getBean(KafkaListenerEndpointRegistry.class);
		await().atMost(Duration.ofSeconds(60))
			.until(() -> registry.getListenerContainers()
				.stream()
				.allMatch((container) -> container.getAssignedPartitions() != null
						&& !container.getAssignedPartitions().isEmpty()));
	}

	private static KafkaTemplate<byte[], byte[]> source() {
		return new KafkaTemplate<>(new DefaultKafkaProducerFactory<>(KafkaTestUtils.producerProps(broker),
				new ByteArraySerializer(), new ByteArraySerializer()));
	}

	private static void send(KafkaTemplate<byte[], byte[]> source, String body, String writeKey) throws Exception {
		ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(KafkaEventListener.TOPIC,
				body.getBytes(StandardCharsets.UTF_8));
		if (writeKey != null) {
			record.headers().add("writeKey", writeKey.getBytes(StandardCharsets.UTF_8));
		}
		source.send(record).get(30, TimeUnit.SECONDS);
	}

	private static List<ConsumerRecord<byte[], byte[]>> deadLetters(int expected) {
		Map<String, Object> settings = KafkaTestUtils.consumerProps("letters", "true", broker);
		try (Consumer<byte[], byte[]> consumer = new DefaultKafkaConsumerFactory<>(settings,
				new ByteArrayDeserializer(), new ByteArrayDeserializer())
			.createConsumer()) {
			broker.consumeFromAnEmbeddedTopic(consumer, false, KafkaEventListener.DEAD_LETTER_TOPIC);
			List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
			KafkaTestUtils.getRecords(consumer, Duration.ofSeconds(30), expected).forEach(letters::add);
			assertThat(letters).allSatisfy((letter) -> assertThat(letter.headers().lastHeader("reason")).isNotNull());
			return letters;
		}
	}

	private List<Event> events() {
		return this.ingestion.identity.profiles()
			.find(this.ingestion.tenant, new Identifier(Identifier.Type.USER_ID, "k1"))
			.map((profile) -> this.ingestion.log.of(this.ingestion.tenant, profile, 100, null).items())
			.orElse(List.of());
	}

}
