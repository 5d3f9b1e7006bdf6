package io.waypost.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.waypost.delivery.dispatch.DispatchFixture;
import io.waypost.delivery.tracking.SendEvent;
import io.waypost.kernel.Page;
import io.waypost.kernel.SendId;
import io.waypost.testing.MutableClock;
import io.waypost.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SendLogIntegrationTests {

	private final MutableClock clock = MutableClock.at("2026-11-05T10:00:00Z");

	private final DispatchFixture bench = new DispatchFixture(this.clock, "fake");

	private final SendLog log = new SendLog(this.bench.jdbc, this.bench.records, this.bench.json);

	@Test
	void listsNewestFirstPageByPage() {
		List<SendId> planned = new ArrayList<>();
		for (int i = 0; i < 7; i++) {
			planned.addFirst(this.bench.plan(this.bench.person("p@example.com"), "marketing").id());
			this.clock.advance(Duration.ofSeconds(1));
		}
		List<SendId> listed = new ArrayList<>();
		String cursor = null;
		do {
			Page<Send> page = this.log.list(this.bench.tenant, SendFilter.all(), 3, cursor);
			page.items().forEach((send) -> listed.add(send.id()));
			cursor = page.nextCursor();
		}
		while (cursor != null);
		assertThat(listed).containsExactlyElementsOf(planned);
	}

	@Test
	void filtersByStatusProfileAndRun() {
		Send queued = this.bench.queued();
		Send planned = this.bench.plan(this.bench.person("b@example.com"), "marketing");
		assertThat(ids(new SendFilter(null, null, SendStatus.QUEUED, null))).containsExactly(queued.id());
		assertThat(ids(new SendFilter(planned.profile(), null, null, null))).containsExactly(planned.id());
		assertThat(ids(new SendFilter(null, planned.run(), null, null))).containsExactly(planned.id());
		assertThat(ids(new SendFilter(queued.profile(), planned.run(), null, null))).isEmpty();
	}

	@Test
	void countsByStatusAndReason() {
		this.bench.queued();
		Send withheld = this.bench.plan(this.bench.person("b@example.com"), "marketing");
		this.bench.deliveries.save(this.bench.tenant,
				List.of(new SendUpdate(withheld.id(), SendStatus.WITHHELD, "no_consent", null, null, null, Map.of())));
		assertThat(this.log.countByStatus(this.bench.tenant, this.clock.instant().minusSeconds(60)))
			.containsExactlyInAnyOrder(new SendStatusCount(SendStatus.QUEUED, null, 1),
					new SendStatusCount(SendStatus.WITHHELD, "no_consent", 1));
	}

	@Test
	void explainsASendFromTriggerToLedger() {
		Send send = this.bench.queued();
		this.bench.round();
		this.bench.events.record(
				List.of(new SendEvent(send.id(), SendEvent.Type.DELIVERED, this.clock.instant(), null, false, null)));
		ExplainedSend explained = this.log.find(this.bench.tenant, send.id()).orElseThrow();
		assertThat(explained.explanation()).containsKeys("trigger", "journey", "plan", "dispatch", "attempts", "events",
				"ledger");
		assertThat(explained.explanation().get("attempts"))
			.asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Map.class))
			.singleElement()
			.extracting((attempt) -> attempt.get("outcome"))
			.isEqualTo("accepted");
	}

	@Test
	void showsNothingToAnotherTenant() {
		Send send = this.bench.queued();
		assertThat(this.log.find(TestDatabase.newTenant(), send.id())).isEmpty();
	}

	private List<SendId> ids(SendFilter filter) {
		return this.log.list(this.bench.tenant, filter, 50, null).items().stream().map(Send::id).toList();
	}

}
