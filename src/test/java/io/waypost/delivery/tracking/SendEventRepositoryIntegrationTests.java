package io.waypost.delivery.tracking;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import io.waypost.delivery.Send;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.dispatch.DispatchFixture;
import io.waypost.delivery.tracking.SendEvent.Type;
import io.waypost.kernel.SendId;
import io.waypost.ledger.LedgerEntry;
import io.waypost.testing.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SendEventRepositoryIntegrationTests {

	private final MutableClock clock = MutableClock.at("2026-11-04T10:00:00Z");

	private final DispatchFixture fixture = new DispatchFixture(this.clock, "fake");

	@Test
	void changesTheStatusWithEvents() {
		Send send = accepted();
		List<RecordedSendEvent> recorded = record(event(send, Type.DELIVERED, 1), event(send, Type.OPENED, 5));
		assertThat(recorded).hasSize(2);
		assertThat(recorded.getFirst().send().status()).isEqualTo(SendStatus.DELIVERED);
		assertThat(recorded.getFirst().addressHash()).isNotNull();
		assertThat(this.fixture.state(send.id()).status()).isEqualTo(SendStatus.DELIVERED);
		assertThat(this.fixture.events.findDeliveredAt(this.fixture.tenant, send.id())).contains(at(1));
	}

	@Test
	void countsARepeatedEventOnce() {
		Send send = accepted();
		SendEvent delivered = event(send, Type.DELIVERED, 1);
		assertThat(record(delivered, delivered)).hasSize(1);
		for (int i = 0; i < 46; i++) {
			assertThat(record(delivered)).isEmpty();
		}
	}

	@Test
	void reachesTheSameStatusInAnyOrder() {
		Random random = new Random(42);
		for (int i = 0; i < 20; i++) {
			Send send = accepted();
			List<SendEvent> events = new ArrayList<>(List.of(event(send, Type.PROCESSED, 0),
					event(send, Type.DELIVERED, 1), event(send, Type.OPENED, 2), event(send, Type.COMPLAINED, 3)));
			Collections.shuffle(events, random);
			events.forEach(this::record);
			assertThat(this.fixture.state(send.id()).status()).isEqualTo(SendStatus.COMPLAINED);
		}
	}

	@Test
	void recordsABounceInTheLedger() {
		Send send = accepted();
		record(new SendEvent(send.id(), Type.BOUNCED, at(1), null, false, "5.1.1"));
		assertThat(this.fixture.state(send.id())).extracting(Send::status, Send::reason)
			.containsExactly(SendStatus.BOUNCED, "5.1.1");
		assertThat(this.fixture.ledger.findBySubject(this.fixture.tenant, "send:" + send.id()))
			.extracting(LedgerEntry::kind)
			.containsExactly("send.accepted", "send.bounced");
	}

	@Test
	void ignoresEventsOfUnknownSends() {
		SendId foreign = new SendId(this.fixture.ids.next());
		assertThat(record(new SendEvent(foreign, Type.DELIVERED, at(1), null, false, null))).isEmpty();
		assertThat(this.fixture.events.filterKnown(List.of(foreign))).isEmpty();
	}

	@Test
	void distinguishesClicksOfDifferentLinks() {
		Send send = accepted();
		assertThat(record(new SendEvent(send.id(), Type.CLICKED, at(1), 0, false, null),
				new SendEvent(send.id(), Type.CLICKED, at(1), 1, true, null)))
			.hasSize(2);
	}

	private Send accepted() {
		Send send = this.fixture.queued();
		this.fixture.dispatchOnce();
		return send;
	}

	private List<RecordedSendEvent> record(SendEvent... events) {
		return this.fixture.events.record(List.of(events));
	}

	private SendEvent event(Send send, Type type, int seconds) {
		return new SendEvent(send.id(), type, at(seconds), null, false, null);
	}

	private Instant at(int seconds) {
		return this.clock.instant().plusSeconds(seconds);
	}

}
