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

	private final DispatchFixture fixture = new DispatchFixture(this.clock, "fake");

	private final SendLog sendLog = new SendLog(this.fixture.jdbc, this.fixture.sendLedger, this.fixture.json);

	@Test
	void listsNewestFirstPageByPage() {
		List<SendId> planned = new ArrayList<>();
		for (int i = 0; i < 7; i++) {
			planned.addFirst(this.fixture.plan(this.fixture.profile("p@example.com"), "marketing").id());
			this.clock.advance(Duration.ofSeconds(1));
		}
		List<SendId> listed = new ArrayList<>();
		String cursor = null;
		do {
			Page<Send> page = this.sendLog.list(this.fixture.tenant, SendFilter.all(), 3, cursor);
			page.items().forEach((send) -> listed.add(send.id()));
			cursor = page.nextCursor();
		}
		while (cursor != null);
		assertThat(listed).containsExactlyElementsOf(planned);
	}

	@Test
	void filtersByStatusProfileAndRun() {
		Send queued = this.fixture.queued();
		Send planned = this.fixture.plan(this.fixture.profile("b@example.com"), "marketing");
		assertThat(ids(new SendFilter(null, null, SendStatus.QUEUED, null))).containsExactly(queued.id());
		assertThat(ids(new SendFilter(planned.profile(), null, null, null))).containsExactly(planned.id());
		assertThat(ids(new SendFilter(null, planned.run(), null, null))).containsExactly(planned.id());
		assertThat(ids(new SendFilter(queued.profile(), planned.run(), null, null))).isEmpty();
	}

	@Test
	void findsRareStatusesThroughPagesThatReadALimitedNumberOfSends() {
		SendLog limited = new SendLog(this.fixture.jdbc, this.fixture.sendLedger, this.fixture.json, 3);
		Send oldest = this.fixture.queued();
		for (int number = 0; number < 7; number++) {
			this.clock.advance(Duration.ofSeconds(1));
			this.fixture.plan(this.fixture.profile("p%d@example.com".formatted(number)), "marketing");
		}
		SendFilter filter = new SendFilter(null, null, SendStatus.QUEUED, null);
		List<SendId> listed = new ArrayList<>();
		int pages = 0;
		String cursor = null;
		do {
			Page<Send> page = limited.list(this.fixture.tenant, filter, 2, cursor);
			page.items().forEach((send) -> listed.add(send.id()));
			cursor = page.nextCursor();
			pages++;
		}
		while (cursor != null);
		assertThat(listed).containsExactly(oldest.id());
		assertThat(pages).isEqualTo(3);
	}

	@Test
	void countsByStatusAndReason() {
		this.fixture.queued();
		Send withheld = this.fixture.plan(this.fixture.profile("b@example.com"), "marketing");
		this.fixture.sends.save(this.fixture.tenant,
				List.of(new SendUpdate(withheld.id(), SendStatus.WITHHELD, "no_consent", null, null, null, Map.of())));
		assertThat(this.sendLog.countByStatus(this.fixture.tenant, this.clock.instant().minusSeconds(60)))
			.containsExactlyInAnyOrder(new SendStatusCount(SendStatus.QUEUED, null, 1),
					new SendStatusCount(SendStatus.WITHHELD, "no_consent", 1));
	}

	@Test
	void explainsASendFromTriggerToLedger() {
		Send send = this.fixture.queued();
		this.fixture.dispatchOnce();
		this.fixture.events.record(
				List.of(new SendEvent(send.id(), SendEvent.Type.DELIVERED, this.clock.instant(), null, false, null)));
		ExplainedSend explained = this.sendLog.find(this.fixture.tenant, send.id()).orElseThrow();
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
		Send send = this.fixture.queued();
		assertThat(this.sendLog.find(TestDatabase.newTenant(), send.id())).isEmpty();
	}

	private List<SendId> ids(SendFilter filter) {
		return this.sendLog.list(this.fixture.tenant, filter, 50, null).items().stream().map(Send::id).toList();
	}

}
