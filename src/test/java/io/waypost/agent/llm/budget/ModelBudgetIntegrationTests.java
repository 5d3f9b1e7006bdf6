package io.waypost.agent.llm.budget;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.waypost.agent.llm.ModelPurpose;
import io.waypost.agent.llm.TokenUsage;
import io.waypost.agent.llm.budget.ModelBudget.CallResult;
import io.waypost.agent.llm.budget.ModelBudget.SpendDecision;
import io.waypost.agent.llm.budget.ModelBudget.SpendDecision.Refused;
import io.waypost.agent.llm.budget.ModelBudget.SpendDecision.Reserved;
import io.waypost.agent.llm.budget.ModelBudget.SpendLevel;
import io.waypost.agent.llm.budget.ModelBudget.SpendRequest;
import io.waypost.database.TenantScope;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import io.waypost.testing.MutableClock;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Reserves, settles and keeps amounts in the database. */
@WaypostTest
class ModelBudgetIntegrationTests {

	private static final CallResult LOST = new CallResult("timeout", null, null, Duration.ofSeconds(30));

	private final MutableClock clock = MutableClock.at("2031-05-05T12:00:00Z");

	private final CampaignId campaign = new CampaignId(UUID.randomUUID());

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private PlatformTransactionManager transactions;

	@Autowired
	private Ledger ledger;

	@Autowired
	private ModelBudget bean;

	private ModelBudgetFixture fixture;

	private DatabaseModelBudget budget;

	@BeforeEach
	void makeBudget() {
		this.fixture = new ModelBudgetFixture(this.jdbc, this.transactions, this.ledger, this.clock);
		this.budget = this.fixture.node(ModelBudgetFixture.limit("1"));
	}

	@Test
	void replacesAReservationByTheCost() {
		Reserved call = this.fixture.reserved(this.budget, 900_000);
		assertThat(this.fixture.today().reserved()).isEqualByComparingTo("0.9");
		BigDecimal cost = this.budget.settle(call, ModelBudgetFixture.ANSWERED, ModelBudgetFixture.used(300_000));
		assertThat(cost).isEqualByComparingTo("0.3");
		assertThat(this.fixture.today().reserved()).isEqualByComparingTo("0");
		assertThat(this.fixture.today().spent()).isEqualByComparingTo("0.3");
		assertThat(stored(call)).containsEntry("state", "settled")
			.containsEntry("outcome", "answered")
			.containsEntry("reported_model", "unit-2030-01-01")
			.containsEntry("latency_ms", 1200L)
			.containsEntry("output_tokens", 300_000L);
		assertThat(this.fixture.meters
			.counter("waypost.model.budget.used", "provider", "stub", "model", "unit", "purpose", "write")
			.count()).isEqualTo(0.3);
	}

	@Test
	void keepsTheReservationWithoutUsage() {
		Reserved call = this.fixture.reserved(this.budget, 400_000);
		assertThat(this.budget.settle(call, LOST, null)).isEqualByComparingTo("0.4");
		assertThat(this.fixture.today().spent()).isEqualByComparingTo("0.4");
		assertThat(stored(call)).containsEntry("state", "kept").containsEntry("input_tokens", null);
		Reserved other = this.fixture.reserved(this.budget, 100_000);
		assertThat(this.budget.settle(other, LOST, new TokenUsage(-1, 0, 0, 5))).as("impossible usage")
			.isEqualByComparingTo("0.1");
	}

	@Test
	void releasesWhatCostsNothing() {
		Reserved call = this.fixture.reserved(this.budget, 1_000_000);
		assertThat(this.budget.reserve(this.fixture.request(1))).isInstanceOf(Refused.class);
		this.budget.release(call, new CallResult("rate_limited", null, null, Duration.ofMillis(9)));
		assertThat(this.fixture.today().sum()).isEqualByComparingTo("0");
		assertThat(stored(call)).containsEntry("state", "released");
		assertThat(this.budget.reserve(this.fixture.request(1_000_000))).isInstanceOf(Reserved.class);
	}

	@Test
	void booksACallOnce() {
		Reserved call = this.fixture.reserved(this.budget, 400_000);
		this.budget.settle(call, ModelBudgetFixture.ANSWERED, ModelBudgetFixture.used(200_000));
		assertThat(this.budget.settle(call, LOST, ModelBudgetFixture.used(300_000))).isEqualByComparingTo("0.2");
		this.budget.release(call, LOST);
		this.budget.keep(call.tenant(), call.call());
		assertThat(this.fixture.today().spent()).isEqualByComparingTo("0.2");
		assertThat(this.fixture.today().reserved()).isEqualByComparingTo("0");
	}

	@Test
	void booksMoreThanReservedInFull() {
		Reserved call = this.fixture.reserved(this.budget, 900_000);
		this.budget.settle(call, ModelBudgetFixture.ANSWERED, ModelBudgetFixture.used(1_500_000));
		assertThat(this.fixture.today().spent()).isEqualByComparingTo("1.5");
		assertThat(this.budget.level(this.fixture.tenant, null, 0)).isEqualTo(SpendLevel.EXHAUSTED);
		assertThat(this.budget.reserve(this.fixture.request(1))).isInstanceOf(Refused.class);
		assertThat(this.budget.reserve(this.fixture.request(0))).as("free calls need no budget")
			.isInstanceOf(Reserved.class);
	}

	@Test
	void usesCheaperModelsFromEightyPercentOfACampaign() {
		assertThat(level()).isEqualTo(SpendLevel.NORMAL);
		this.budget.reserve(this.fixture.request(this.campaign, 500, 399_999));
		assertThat(level()).isEqualTo(SpendLevel.NORMAL);
		this.budget.reserve(this.fixture.request(this.campaign, 500, 1));
		assertThat(level()).as("0.4 of 0.5 USD").isEqualTo(SpendLevel.REDUCED);
		SpendDecision refused = this.budget.reserve(this.fixture.request(this.campaign, 500, 100_001));
		assertThat(refused).isInstanceOfSatisfying(Refused.class, (limit) -> {
			assertThat(limit.limit()).isEqualTo("campaign");
			assertThat(limit.detail()).isEqualTo(
					"The limit of 0.5 USD for campaign %s does not allow a call of up to 0.100001 USD; 0.4 USD are used or reserved"
						.formatted(this.campaign));
		});
		assertThat(this.budget.reserve(this.fixture.request(this.campaign, 500, 100_000))).isInstanceOf(Reserved.class);
		assertThat(level()).isEqualTo(SpendLevel.EXHAUSTED);
		assertThat(this.fixture.today().reserved()).as("a refused call takes nothing of the day")
			.isEqualByComparingTo("0.5");
	}

	@Test
	void takesNothingOfTheCampaignWhenTheDayRefuses() {
		this.fixture.reserved(this.budget, 600_000);
		assertThat(this.budget.reserve(this.fixture.request(this.campaign, 10_000, 500_000)))
			.isInstanceOfSatisfying(Refused.class, (refused) -> assertThat(refused.limit()).isEqualTo("day"));
		assertThat(this.fixture.amounts(SpendCounters.campaign(this.campaign)).sum()).isEqualByComparingTo("0");
		assertThat(count("agent.model_call")).isOne();
	}

	@Test
	void startsADayAtMidnightUtc() {
		this.clock.set(Instant.parse("2031-05-05T23:59:59.999Z"));
		Reserved late = this.fixture.reserved(this.budget, 1_000_000);
		assertThat(this.budget.level(this.fixture.tenant, null, 0)).isEqualTo(SpendLevel.EXHAUSTED);
		this.clock.set(Instant.parse("2031-05-06T00:00:00Z"));
		assertThat(this.budget.level(this.fixture.tenant, null, 0)).isEqualTo(SpendLevel.NORMAL);
		this.fixture.reserved(this.budget, 200_000);
		this.budget.settle(late, ModelBudgetFixture.ANSWERED, ModelBudgetFixture.used(700_000));
		assertThat(this.fixture.amounts("day:2031-05-05").spent()).as("paid by the day of the reservation")
			.isEqualByComparingTo("0.7");
		assertThat(this.fixture.amounts("day:2031-05-06").sum()).isEqualByComparingTo("0.2");
	}

	@Test
	void keepsCallsOfNodesThatDied() {
		Reserved call = this.fixture.reserved(this.budget, 500_000);
		ModelCallJob job = this.fixture.job(ModelBudgetFixture.limit("1"));
		this.clock.advance(Duration.ofMinutes(15));
		job.keepOverdue();
		assertThat(stored(call)).containsEntry("state", "reserved");
		this.clock.advance(Duration.ofMillis(1));
		job.keepOverdue();
		assertThat(stored(call)).containsEntry("state", "kept").containsEntry("outcome", "unknown");
		assertThat(this.fixture.today().spent()).isEqualByComparingTo("0.5");
		this.budget.release(call, LOST);
		assertThat(this.fixture.today().spent()).as("never released").isEqualByComparingTo("0.5");
		this.budget.settle(call, ModelBudgetFixture.ANSWERED, ModelBudgetFixture.used(600_000));
		assertThat(this.fixture.today().spent()).as("a late answer has the true cost").isEqualByComparingTo("0.6");
	}

	@Test
	void limitsTheWholeInstallation() {
		this.clock.set(Instant.parse("2032-01-01T00:00:00Z").plus(Duration.ofDays(day())));
		ModelBudgetSettings settings = new ModelBudgetSettings(BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, 80,
				new BigDecimal("1.5"), Duration.ofDays(400));
		ModelBudgetFixture other = new ModelBudgetFixture(this.jdbc, this.transactions, this.ledger, this.clock);
		DatabaseModelBudget node = this.fixture.node(settings);
		Reserved first = this.fixture.reserved(node, 900_000);
		assertThat(node.reserve(other.request(600_001))).isInstanceOfSatisfying(Refused.class,
				(refused) -> assertThat(refused.detail()).contains("installation-daily-limit"));
		assertThat(other.today().sum()).isEqualByComparingTo("0");
		node.settle(first, ModelBudgetFixture.ANSWERED, ModelBudgetFixture.used(600_000));
		assertThat(node.reserve(other.request(600_001))).isInstanceOf(Reserved.class);
		assertThat(node.level(other.tenant, null, 0)).as("1.2 of 1.5 USD").isEqualTo(SpendLevel.REDUCED);
	}

	/** A day of its own for each run on the same database. */
	private long day() {
		return Math.floorMod(this.fixture.tenant.hashCode(), 10_000);
	}

	@Test
	void alertsOncePerDay() {
		for (int call = 0; call < 10; call++) {
			this.fixture.reserved(this.budget, 100_000);
		}
		assertThat(this.budget.reserve(this.fixture.request(1))).isInstanceOf(Refused.class);
		assertThat(this.budget.reserve(this.fixture.request(1))).isInstanceOf(Refused.class);
		List<LedgerEntry> entries = entries();
		assertThat(entries).extracting(LedgerEntry::kind)
			.containsExactly("model.budget.alert", "model.budget.exhausted");
		assertThat(entries.getFirst().facts()).containsEntry("usedUsd", "0.500000000")
			.containsEntry("alertUsd", "0.5")
			.containsEntry("limitUsd", "1");
		this.clock.advance(Duration.ofDays(1));
		this.fixture.reserved(this.budget, 499_999);
		assertThat(entries()).isEmpty();
		Reserved call = this.fixture.reserved(this.budget, 0);
		this.budget.settle(call, ModelBudgetFixture.ANSWERED, ModelBudgetFixture.used(1));
		assertThat(entries()).as("more than reserved").hasSize(1);
	}

	private List<LedgerEntry> entries() {
		return TenantScope.of(this.fixture.tenant,
				() -> this.ledger.findBySubject(this.fixture.tenant, "model-budget:" + this.fixture.day()));
	}

	@Test
	void storesNoIdentifiers() {
		SpendRequest request = new SpendRequest(this.fixture.tenant, ModelPurpose.WRITE, null, 0, "stub", "unit", "key",
				"write-email@1", 0, 10, "Write to anna.meyer@example.org, IBAN DE89370400440532013000.");
		Reserved call = (Reserved) this.budget.reserve(request);
		this.budget.settle(
				call, new CallResult("answered", "unit",
						"Dear anna.meyer@example.org, \u0000\ud800 call +49 30 901820 🎉", Duration.ZERO),
				ModelBudgetFixture.used(5));
		assertThat(stored(call).get("prompt")).isEqualTo("Write to [removed], IBAN [removed].");
		assertThat(stored(call).get("answer")).isEqualTo("Dear [removed], \ufffd\ufffd call [removed] 🎉");
	}

	@Test
	void refusesToRunInsideATransaction() {
		TransactionTemplate outer = new TransactionTemplate(this.transactions);
		outer.executeWithoutResult((status) -> {
			assertThatThrownBy(() -> this.bean.reserve(this.fixture.request(1)))
				.isInstanceOf(IllegalStateException.class)
				.hasMessageContaining("outside a transaction");
			assertThatThrownBy(() -> this.bean.level(this.fixture.tenant, null, 0))
				.isInstanceOf(IllegalStateException.class);
		});
	}

	@Test
	void keepsTenantsApart() {
		Reserved call = this.fixture.reserved(this.budget, 1_000_000);
		TenantId other = new TenantId(this.fixture.tenant + "-b");
		assertThat(this.budget.level(other, null, 0)).isEqualTo(SpendLevel.NORMAL);
		Reserved foreign = new Reserved(other, call.call(), call.amount());
		assertThatThrownBy(() -> this.budget.release(foreign, LOST)).isInstanceOf(IllegalArgumentException.class)
			.hasMessageContaining("has no call");
		assertThat(TenantScope.<Integer>of(other,
				() -> this.jdbc.sql("select count(*) from agent.model_call where id = ?")
					.param(call.call())
					.query(Integer.class)
					.single()))
			.as("row-level security")
			.isZero();
	}

	@Test
	void deletesOldCalls() {
		this.clock.set(Instant.parse("2003-02-01T10:00:00Z"));
		Reserved old = this.fixture.reserved(this.budget, 10);
		this.budget.settle(old, ModelBudgetFixture.ANSWERED, ModelBudgetFixture.used(5));
		this.clock.advance(Duration.ofDays(1));
		Reserved kept = this.fixture.reserved(this.budget, 10);
		this.budget.settle(kept, ModelBudgetFixture.ANSWERED, ModelBudgetFixture.used(5));
		this.clock.advance(Duration.ofDays(400));
		this.fixture.job(ModelBudgetFixture.limit("1")).deleteOld();
		assertThat(stored(kept)).containsEntry("state", "settled");
		assertThat(count("agent.model_call")).isOne();
		assertThat(this.fixture.amounts("day:2003-02-01").spent()).isEqualByComparingTo("0");
		assertThat(this.fixture.amounts("day:2003-02-02").spent()).isPositive();
	}

	private SpendLevel level() {
		return this.budget.level(this.fixture.tenant, this.campaign, 500);
	}

	private int count(String table) {
		return this.jdbc.sql("select count(*) from " + table + " where tenant_id = ?")
			.param(this.fixture.tenant.value())
			.query(Integer.class)
			.single();
	}

	private Map<String, Object> stored(Reserved call) {
		return this.jdbc.sql("select * from agent.model_call where tenant_id = ? and id = ?")
			.params(call.tenant().value(), call.call())
			.query()
			.singleRow();
	}

}
