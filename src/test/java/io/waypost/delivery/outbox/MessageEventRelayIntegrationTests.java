package io.waypost.delivery.outbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.waypost.delivery.dispatch.DispatchFixture;
import io.waypost.kernel.SendId;
import io.waypost.testing.MutableClock;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MessageEventRelayIntegrationTests {

	private static final String SERVERS = "kafka:9092";

	private final MutableClock clock = MutableClock.at("2026-11-06T10:00:00Z");

	private final DispatchFixture fixture = new DispatchFixture(this.clock, "fake");

	private final MessageEventOutbox events = new MessageEventOutbox(this.fixture.jdbc, this.fixture.json, SERVERS);

	@Test
	void publishesEachChangeOnceInOrder() {
		MockProducer<Object, Object> kafka = producer();
		this.fixture.jdbc.sql("delete from delivery.outbox").update();
		SendId send = new SendId(this.fixture.ids.next());
		this.events.enqueue(List.of(event(send, "accepted"), event(send, "delivered")));
		assertThat(relay(kafka).relay()).isEqualTo(2);
		assertThat(relay(kafka).relay()).isZero();
		assertThat(kafka.history()).extracting(ProducerRecord::topic).containsOnly("waypost.message-events");
		assertThat(kafka.history()).extracting(ProducerRecord::key).containsOnly(send.toString());
		assertThat(kafka.history().getFirst().value().toString()).contains("\"accepted\"");
		assertThat(kafka.history().getLast().value().toString()).contains("\"delivered\"");
	}

	@Test
	void keepsEventsThatTheBrokerDidNotAcknowledge() {
		MockProducer<Object, Object> kafka = producer();
		kafka.sendException = new IllegalStateException("broker away");
		this.fixture.jdbc.sql("delete from delivery.outbox").update();
		this.events.enqueue(List.of(event(new SendId(this.fixture.ids.next()), "accepted")));
		assertThatThrownBy(() -> relay(kafka).relay()).isInstanceOf(RuntimeException.class);
		assertThat(this.fixture.jdbc.sql("select count(*) from delivery.outbox").query(Integer.class).single())
			.isEqualTo(1);
	}

	@Test
	void writesNothingWithoutKafka() {
		this.fixture.jdbc.sql("delete from delivery.outbox").update();
		new MessageEventOutbox(this.fixture.jdbc, this.fixture.json, "")
			.enqueue(List.of(event(new SendId(this.fixture.ids.next()), "accepted")));
		assertThat(this.fixture.jdbc.sql("select count(*) from delivery.outbox").query(Integer.class).single())
			.isZero();
	}

	private MessageEventOutbox.MessageEvent event(SendId send, String status) {
		return new MessageEventOutbox.MessageEvent(this.fixture.tenant, send, status, null, this.clock.instant());
	}

	private MessageEventRelay relay(MockProducer<Object, Object> kafka) {
		KafkaTemplate<Object, Object> template = new KafkaTemplate<>(new DefaultKafkaProducerFactory<>(Map.of()) {

			@Override
			public Producer<Object, Object> createProducer() {
				return kafka;
			}

		});
		return new MessageEventRelay(this.fixture.jdbc, this.fixture.transaction, this.fixture.locks, template,
				SERVERS);
	}

	private static MockProducer<Object, Object> producer() {
		Serializer<Object> text = (topic, value) -> value.toString().getBytes(StandardCharsets.UTF_8);
		return new MockProducer<>(true, null, text, text) {

			@Override
			public void close(Duration timeout) {
				// The template closes producers that the factory does not manage; this
				// one
				// is used again
				flush();
			}

		};
	}

}
