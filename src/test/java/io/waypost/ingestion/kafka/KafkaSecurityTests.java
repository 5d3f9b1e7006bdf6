package io.waypost.ingestion.kafka;

import java.util.Map;
import java.util.function.Consumer;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.kafka.KafkaAutoConfiguration;
import org.springframework.boot.autoconfigure.kafka.KafkaProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.kafka.core.KafkaTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** The settings of TLS and SASL reach all clients: the consumer and both producers. */
class KafkaSecurityTests {

	private static final String LOGIN = "org.apache.kafka.common.security.scram.ScramLoginModule required "
			+ "username=\"waypost\" password=\"kafka-secret\";";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class))
		.withPropertyValues("spring.kafka.bootstrap-servers=kafka.example:9093",
				"spring.kafka.security.protocol=SASL_SSL", "spring.kafka.ssl.trust-store-location=file:/etc/ca.p12",
				"spring.kafka.ssl.trust-store-password=trust", "spring.kafka.properties.sasl.mechanism=SCRAM-SHA-512",
				"spring.kafka.properties.sasl.jaas.config=" + LOGIN);

	@Test
	void configuresTheConsumerOfEvents() {
		withProperties((properties) -> assertSecure(KafkaIngestionConfiguration.consumerSettings(properties)));
	}

	@Test
	void configuresTheProducerOfDeadLetters() {
		withProperties((properties) -> assertSecure(KafkaIngestionConfiguration.producerSettings(properties)));
	}

	/** The relay of message events uses Spring Boot's own producer. */
	@Test
	void configuresTheProducerOfMessageEvents() {
		this.runner.run((context) -> assertSecure(
				context.getBean(KafkaTemplate.class).getProducerFactory().getConfigurationProperties()));
	}

	private void withProperties(Consumer<KafkaProperties> check) {
		this.runner.run((context) -> check.accept(context.getBean(KafkaProperties.class)));
	}

	private static void assertSecure(Map<String, Object> settings) {
		assertThat(settings).containsEntry(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "SASL_SSL")
			.containsEntry(SaslConfigs.SASL_MECHANISM, "SCRAM-SHA-512")
			.containsEntry(SaslConfigs.SASL_JAAS_CONFIG, LOGIN)
			.containsEntry(SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG, "trust")
			.doesNotContainKey(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG);
		assertThat(String.valueOf(settings.get(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG))).endsWith("/etc/ca.p12");
	}

}
