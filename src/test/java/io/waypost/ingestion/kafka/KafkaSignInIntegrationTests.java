package io.waypost.ingestion.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import io.waypost.testing.KafkaProcess;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.kafka.KafkaProperties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Consumer and producer sign in to a broker that demands a password. */
@Tag("broker")
class KafkaSignInIntegrationTests {

	private static final String PASSWORD = "kafka-secret";

	@TempDir
	private Path directory;

	@Test
	void signsInWithTheConfiguredPassword() throws Exception {
		try (KafkaProcess broker = KafkaProcess.startWithPassword(this.directory, "waypost", PASSWORD)) {
			KafkaProperties properties = properties(broker, PASSWORD);
			awaitReady(properties);
			assertRefused(properties(broker, "wrong"));
			try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
					KafkaIngestionConfiguration.producerSettings(properties));
					KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumer(properties))) {
				producer.send(new ProducerRecord<>(KafkaEventListener.TOPIC, new byte[] { 7 })).get();
				consumer.subscribe(List.of(KafkaEventListener.TOPIC));
				await().atMost(Duration.ofSeconds(60)).until(() -> consumer.poll(Duration.ofMillis(500)).count() == 1);
			}
		}
	}

	private static void awaitReady(KafkaProperties properties) {
		try (Admin admin = Admin.create(properties.buildAdminProperties(null))) {
			await().atMost(Duration.ofSeconds(90))
				.ignoreExceptions()
				.until(() -> !admin.describeCluster().nodes().get().isEmpty());
		}
	}

	private static void assertRefused(KafkaProperties properties) {
		try (Admin admin = Admin.create(properties.buildAdminProperties(null))) {
			assertThatThrownBy(() -> admin.describeCluster().nodes().get()).isInstanceOf(ExecutionException.class)
				.cause()
				.isInstanceOf(SaslAuthenticationException.class)
				.satisfies((refused) -> assertThat(refused.getMessage()).doesNotContain("wrong"));
		}
	}

	private static Map<String, Object> consumer(KafkaProperties properties) {
		Map<String, Object> settings = KafkaIngestionConfiguration.consumerSettings(properties);
		settings.put("group.id", "waypost");
		return settings;
	}

	private static KafkaProperties properties(KafkaProcess broker, String password) {
		KafkaProperties properties = new KafkaProperties();
		properties.setBootstrapServers(List.of(broker.servers()));
		properties.getSecurity().setProtocol("SASL_PLAINTEXT");
		properties.getProperties().put("sasl.mechanism", "PLAIN");
		properties.getProperties()
			.put("sasl.jaas.config", "org.apache.kafka.common.security.plain.PlainLoginModule required "
					+ "username=\"waypost\" password=\"%s\";".formatted(password));
		return properties;
	}

}
