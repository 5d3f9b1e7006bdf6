package io.waypost.delivery.queue;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import io.waypost.access.limit.LimitOverrides;
import io.waypost.delivery.CampaignSend;
import io.waypost.delivery.CampaignSendBatch;
import io.waypost.delivery.Send;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.SharedContent;
import io.waypost.delivery.dispatch.DispatchFixture;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.ProfileId;
import io.waypost.testing.MutableClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Messages over the daily quota wait for a later day; none is lost. */
class DailySendQuotaIntegrationTests {

	private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

	private final MutableClock clock = MutableClock.at(NOON);

	private final DispatchFixture fixture = new DispatchFixture(this.clock, "fake");

	private final CampaignId campaign = new CampaignId(this.fixture.ids.next());

	@BeforeEach
	void allowTwoMessagesADay() {
		this.fixture.jdbc.sql("insert into access.tenant (tenant_id, created_at) values (?, now())")
			.param(this.fixture.tenant.value())
			.update();
		this.fixture.limits.change(this.fixture.tenant, new LimitOverrides(null, null, null, 2L), "test");
	}

	@Test
	void sendsOfJourneysWaitForTheNextDayWithAFreePlace() {
		List<Send> sends = new ArrayList<>();
		for (int number = 0; number < 5; number++) {
			sends.add(this.fixture.transaction.execute((status) -> this.fixture.queued()));
		}
		assertThat(sends.stream().map((send) -> ready(send.profile())).toList()).containsExactly(NOON, NOON,
				NOON.plusSeconds(86_400), NOON.plusSeconds(86_400), NOON.plusSeconds(2 * 86_400));
		assertThat(sends.stream().map((send) -> this.fixture.state(send.id()).reason()).toList()).containsExactly(null,
				null, DailySendQuota.REASON, DailySendQuota.REASON, DailySendQuota.REASON);
		assertThat(this.fixture.dispatchOnce()).hasSize(2);
		assertThat(this.fixture.dispatchOnce()).isEmpty();
		this.clock.set(NOON.plusSeconds(86_400));
		assertThat(this.fixture.dispatchOnce()).hasSize(2);
		this.clock.set(NOON.plusSeconds(2 * 86_400));
		assertThat(this.fixture.dispatchOnce()).hasSize(1);
	}

	@Test
	void chunksOfCampaignsAreSpreadOverDays() {
		List<ProfileId> people = people(7);
		add(people);
		Map<Instant, Integer> perDay = new TreeMap<>();
		people.forEach((person) -> perDay.merge(ready(person), 1, Integer::sum));
		assertThat(perDay.values()).containsExactly(2, 2, 2, 1);
		assertThat(perDay.keySet()).first().isEqualTo(NOON);
	}

	@Test
	void repeatedChunksTakeNoPlaces() {
		List<ProfileId> people = people(2);
		add(people);
		add(people);
		add(people);
		assertThat(used()).isEqualTo(2);
		ProfileId next = people(1).getFirst();
		add(List.of(next));
		assertThat(ready(next)).isEqualTo(NOON.plusSeconds(86_400));
	}

	@Test
	void tenantsWithoutAQuotaCountNothing() {
		this.fixture.limits.change(this.fixture.tenant, new LimitOverrides(null, null, null, null), "test");
		List<ProfileId> people = people(5);
		add(people);
		assertThat(people.stream().map(this::ready).distinct()).containsExactly(NOON);
		assertThat(used()).isZero();
	}

	private List<ProfileId> people(int count) {
		List<ProfileId> people = new ArrayList<>();
		for (int number = 0; number < count; number++) {
			people.add(this.fixture.profile(UUID.randomUUID() + "@example.com"));
		}
		return people;
	}

	private void add(List<ProfileId> people) {
		UUID content = this.fixture.ids.next();
		this.fixture.contents.store(this.fixture.tenant,
				List.of(new SharedContent(content, DispatchFixture.draft(), DispatchFixture.cleared(Map.of()))));
		this.fixture.campaigns.add(this.fixture.tenant,
				new CampaignSendBatch(this.campaign, "spring", DispatchFixture.MARKETING, Map.of()),
				people.stream()
					.map((person) -> new CampaignSend(person, content, "a", SendStatus.QUEUED, null, null, null,
							Map.of()))
					.toList());
	}

	private Instant ready(ProfileId person) {
		return this.fixture.jdbc.sql("select ready_at from delivery.send where profile_id = ?")
			.param(person.value())
			.query(OffsetDateTime.class)
			.single()
			.toInstant();
	}

	private long used() {
		return this.fixture.jdbc.sql("select coalesce(sum(sends), 0) from delivery.send_quota where tenant_id = ?")
			.param(this.fixture.tenant.value())
			.query(Long.class)
			.single();
	}

}
