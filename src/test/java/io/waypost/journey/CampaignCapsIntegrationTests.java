package io.waypost.journey;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import io.waypost.agent.Route;
import io.waypost.campaign.CampaignApprovals;
import io.waypost.campaign.CampaignChunks;
import io.waypost.campaign.CampaignContents;
import io.waypost.campaign.CampaignPreparation;
import io.waypost.campaign.Campaigns;
import io.waypost.database.TenantScope;
import io.waypost.kernel.CampaignId;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Frequency caps when chunks are decided at the same moment. The test executes the chunks
 * instead of the engine, so that they overlap.
 */
@WaypostTest
class CampaignCapsIntegrationTests {

	private static final String BY = "user:test";

	private static final int PEOPLE = 12;

	private final ExecutorService nodes = Executors.newFixedThreadPool(2);

	private final AtomicInteger decided = new AtomicInteger();

	private final List<CampaignId> running = new ArrayList<>();

	@Autowired
	private TestRestTemplate http;

	@Autowired
	private Campaigns campaigns;

	@Autowired
	private CampaignPreparation preparation;

	@Autowired
	private CampaignApprovals approvals;

	@Autowired
	private CampaignContents contents;

	@Autowired
	private CampaignChunks chunks;

	@Autowired
	private TransactionTemplate transaction;

	@Autowired
	private JdbcClient jdbc;

	private CampaignTestData campaignData;

	@BeforeEach
	void setUp(@Autowired ApplicationContext waypost) {
		this.campaignData = CampaignTestData.in(waypost, this.http);
		this.campaignData.people(PEOPLE, 12, true);
	}

	@AfterEach
	void close() {
		this.nodes.shutdownNow();
		this.running.forEach((id) -> this.campaigns.cancel(TestTenant.ID, BY, id));
	}

	@Test
	void keepsTheCapAcrossConcurrentCampaigns() throws Exception {
		work(sending(), 1, () -> true);
		CampaignId one = sending();
		CampaignId other = sending();
		this.decided.set(0);
		BooleanSupplier bothDecided = () -> this.decided.get() == 2 || isAnyLockAwaited();
		Future<?> first = this.nodes.submit(() -> work(one, 1, bothDecided));
		Future<?> second = this.nodes.submit(() -> work(other, 1, bothDecided));
		first.get(60, TimeUnit.SECONDS);
		second.get(60, TimeUnit.SECONDS);
		List<Map<String, Object>> got = got(one, other);
		assertThat(got).as("people who are not held out").hasSizeGreaterThan(PEOPLE / 3);
		assertThat(got).as("one more was within the cap").allSatisfy((person) -> {
			assertThat(person).containsEntry("sent", 1L).containsEntry("put_off", 1L);
		});
	}

	@Test
	void decidesTwoChunksOfOneCampaignConcurrently() throws Exception {
		CampaignId cancelled = sending();
		this.campaigns.cancel(TestTenant.ID, BY, cancelled);
		this.running.remove(cancelled);
		CampaignId id = prepared(
				",\"experiment\":{\"variants\":[\"plain\",\"question\"],\"metric\":\"click\",\"testPercent\":50}");
		assertThat(this.chunks.startTest(TestTenant.ID, id).chunks()).containsExactly(1);
		assertThat(this.chunks.startRollout(TestTenant.ID, id).chunks()).containsExactly(2);
		awaitNoOtherCampaign(id);
		BooleanSupplier bothDecided = () -> this.decided.get() == 2;
		Future<?> first = this.nodes.submit(() -> work(id, 1, bothDecided));
		Future<?> second = this.nodes.submit(() -> work(id, 2, bothDecided));
		first.get(60, TimeUnit.SECONDS);
		second.get(60, TimeUnit.SECONDS);
		assertThat(this.campaignData.count("true", id.toString())).isEqualTo(PEOPLE);
	}

	private CampaignId sending() {
		CampaignId id = prepared("");
		assertThat(this.chunks.startRollout(TestTenant.ID, id).chunks()).containsExactly(1);
		return id;
	}

	/** Creates a campaign with audience and content, like the process. */
	private CampaignId prepared(String more) {
		CampaignId id = CampaignId.of(this.campaignData.created("welcome", more));
		this.running.add(id);
		this.campaigns.attachProcess(TestTenant.ID, BY, id, "by hand " + id);
		assertThat(this.preparation.freeze(TestTenant.ID, id)).isEqualTo(Route.CONTINUE);
		if (this.approvals.decide(TestTenant.ID, id).route() == Route.REVIEW) {
			this.approvals.recordDecision(TestTenant.ID, id, "user:reviewer", true, null);
		}
		this.contents.write(TestTenant.ID, id);
		return id;
	}

	/** The steps of the process {@code campaign-chunk}, with a meeting in the middle. */
	private void work(CampaignId id, int number, BooleanSupplier bothDecided) {
		TenantScope.runAll(() -> this.transaction.executeWithoutResult((status) -> {
			assertThat(this.chunks.claim(TestTenant.ID, id, number)).isEqualTo(Route.CONTINUE);
			this.chunks.loadContents(id, number);
			this.chunks.decide(id, number);
			this.decided.incrementAndGet();
			Awaitility.await("both decided")
				.atMost(Duration.ofSeconds(20))
				.pollInSameThread()
				.until(bothDecided::getAsBoolean);
			this.chunks.queue(id, number);
		}));
	}

	private boolean isAnyLockAwaited() {
		return this.jdbc.sql("""
				SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
					AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
				""").query(Boolean.class).single();
	}

	/** Waits until no campaign of an earlier test is running. */
	private void awaitNoOtherCampaign(CampaignId id) {
		Awaitility.await("no chunk of another campaign").atMost(Duration.ofSeconds(30)).until(() -> this.jdbc.sql("""
				SELECT NOT EXISTS (SELECT FROM campaign.chunk
					WHERE tenant_id = ? AND campaign_id <> ? AND status = 'started')
				""").params(TestTenant.ID.value(), id.value()).query(Boolean.class).single());
	}

	/** Counts the messages of these campaigns by recipient, without the control group. */
	private List<Map<String, Object>> got(CampaignId one, CampaignId other) {
		return this.jdbc.sql("""
				SELECT count(*) FILTER (WHERE status NOT IN ('withheld', 'deferred')) AS sent,
					count(*) FILTER (WHERE reason = 'daily_cap') AS put_off
				FROM delivery.send WHERE tenant_id = ? AND run_id = ANY(?)
				GROUP BY profile_id HAVING count(*) FILTER (WHERE reason = 'global_holdout') = 0
				""").params(TestTenant.ID.value(), new UUID[] { one.value(), other.value() }).query().listOfRows();
	}

}
