package io.waypost.ingestion.kafka;

import java.time.Clock;
import java.util.Map;

import io.waypost.access.WriteKeyRepository;
import io.waypost.ingestion.IngestionSettings;
import io.waypost.ingestion.deadletter.DeadLetterRepository;
import io.waypost.ingestion.parse.EventParser;
import io.waypost.ingestion.store.BatchIngestor;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.kafka.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/** Configures the consumer of events, if a Kafka broker is configured. */
@Configuration(proxyBeanMethods = false)
@EnableKafka
@ConditionalOnProperty("spring.kafka.bootstrap-servers")
class KafkaIngestionConfiguration {

	private static final int EVENTS_PER_POLL = 500;

	@Bean
	ConcurrentKafkaListenerContainerFactory<byte[], byte[]> eventsListenerContainerFactory(KafkaProperties kafka) {
		ConcurrentKafkaListenerContainerFactory<byte[], byte[]> factory = new ConcurrentKafkaListenerContainerFactory<>();
		factory.setConsumerFactory(new DefaultKafkaConsumerFactory<>(consumerSettings(kafka)));
		factory.setBatchListener(true);
		factory.setAutoStartup(true);
		// While the database is unavailable the poll is repeated until it succeeds;
		// invalid records never reach this point
		ExponentialBackOff backOff = new ExponentialBackOff(500, 2);
		backOff.setMaxInterval(5_000);
		factory.setCommonErrorHandler(new DefaultErrorHandler(backOff));
		return factory;
	}

	/**
	 * Adds what the listener needs to the properties {@code spring.kafka.*}, among them
	 * those of TLS and SASL.
	 */
	static Map<String, Object> consumerSettings(KafkaProperties kafka) {
		Map<String, Object> settings = kafka.buildConsumerProperties(null);
		settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
		settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
		settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, EVENTS_PER_POLL);
		// A new consumer group also reads earlier events
		settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
		return settings;
	}

	static Map<String, Object> producerSettings(KafkaProperties kafka) {
		Map<String, Object> settings = kafka.buildProducerProperties(null);
		settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
		settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
		return settings;
	}

	@Bean
	KafkaEventListener kafkaEventListener(WriteKeyRepository keys, EventParser parser, BatchIngestor ingestor,
			DeadLetterRepository deadLetters, KafkaProperties kafka, IngestionSettings settings, Clock clock) {
		KafkaTemplate<byte[], byte[]> template = new KafkaTemplate<>(
				new DefaultKafkaProducerFactory<>(producerSettings(kafka)));
		return new KafkaEventListener(keys, parser, ingestor, deadLetters, template, settings, clock);
	}

}
