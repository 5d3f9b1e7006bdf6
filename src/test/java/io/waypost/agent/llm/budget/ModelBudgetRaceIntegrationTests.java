package io.waypost.agent.llm.budget;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import io.waypost.agent.llm.budget.ModelBudget.SpendDecision;
import io.waypost.kernel.CampaignId;
import io.waypost.ledger.Ledger;
import io.waypost.testing.MutableClock;
import io.waypost.testing.WaypostTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/** 64 threads on two nodes never reserve more than a limit. */
@WaypostTest
class ModelBudgetRaceIntegrationTests {

	private static final int THREADS = 64;

	private static final int CALLS = 12;

	private static final int LARGEST = 5_000;

	private final MutableClock clock = MutableClock.at("2031-05-05T12:00:00Z");

	private ModelBudgetFixture fixture;

	private List<DatabaseModelBudget> nodes;

	@BeforeEach
	void startNodes(@Autowired JdbcClient jdbc, @Autowired PlatformTransactionManager transactions,
			@Autowired Ledger ledger) {
		this.fixture = new ModelBudgetFixture(jdbc, transactions, ledger, this.clock);
		this.nodes = List.of(this.fixture.node(ModelBudgetFixture.limit("1")),
				this.fixture.node(ModelBudgetFixture.limit("1")));
	}

	@Test
	void neverReservesMoreThanTheLimitOfADay() throws Exception {
		long accepted = race(null, 0, false);
		BigDecimal stored = this.fixture.today().reserved();
		assertThat(stored).isEqualTo(ModelBudgetFixture.dollars(accepted)).isLessThanOrEqualTo(BigDecimal.ONE);
		assertThat(accepted).as("the limit of 1,000,000 less the smallest refused call").isGreaterThan(990_000);
		assertThat(this.fixture.alerts()).containsExactlyInAnyOrder("model.budget.alert", "model.budget.exhausted");
	}

	@Test
	void neverReservesMoreThanTheLimitOfACampaign() throws Exception {
		CampaignId campaign = new CampaignId(UUID.randomUUID());
		long accepted = race(campaign, 400, false);
		assertThat(this.fixture.amounts(SpendCounters.campaign(campaign)).reserved())
			.isEqualTo(ModelBudgetFixture.dollars(accepted))
			.isEqualTo(this.fixture.today().reserved())
			.isLessThanOrEqualTo(new BigDecimal("0.4"));
		assertThat(accepted).isGreaterThan(390_000);
	}

	@Test
	void neverSpendsMoreThanTheLimitWhileCallsAreSettled() throws Exception {
		CampaignId campaign = new CampaignId(UUID.randomUUID());
		long spent = race(campaign, 10_000, true);
		assertThat(this.fixture.today().reserved()).isEqualByComparingTo("0");
		assertThat(this.fixture.today().spent()).isEqualTo(ModelBudgetFixture.dollars(spent))
			.isEqualTo(this.fixture.amounts(SpendCounters.campaign(campaign)).spent())
			.isLessThanOrEqualTo(BigDecimal.ONE);
		assertThat(spent).isGreaterThan(800_000);
	}

	/** Returns the accepted amounts, or what was spent when calls are settled. */
	private long race(@Nullable CampaignId campaign, int recipients, boolean settle) throws Exception {
		AtomicLong sum = new AtomicLong();
		CountDownLatch start = new CountDownLatch(1);
		try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
			List<Future<Void>> results = new ArrayList<>();
			for (int thread = 0; thread < THREADS; thread++) {
				SplittableRandom random = new SplittableRandom(thread);
				DatabaseModelBudget node = this.nodes.get(thread % this.nodes.size());
				Callable<Void> work = () -> {
					start.await();
					for (int call = 0; call < CALLS; call++) {
						sum.addAndGet(call(node, campaign, recipients, random, settle));
					}
					return null;
				};
				results.add(threads.submit(work));
			}
			start.countDown();
			for (Future<Void> result : results) {
				result.get();
			}
		}
		return sum.get();
	}

	private long call(DatabaseModelBudget node, @Nullable CampaignId campaign, int recipients, SplittableRandom random,
			boolean settle) {
		long amount = 1 + random.nextLong(LARGEST);
		SpendDecision decision = node.reserve(this.fixture.request(campaign, recipients, amount));
		if (!(decision instanceof SpendDecision.Reserved reserved)) {
			return 0;
		}
		assertThat(reserved.amount()).isEqualTo(ModelBudgetFixture.dollars(amount));
		if (!settle) {
			return amount;
		}
		if (random.nextInt(4) == 0) {
			node.release(reserved, ModelBudgetFixture.ANSWERED);
			return 0;
		}
		long used = (random.nextInt(4) == 0) ? amount : amount * 3 / 4;
		node.settle(reserved, ModelBudgetFixture.ANSWERED, ModelBudgetFixture.used(used));
		return used;
	}

}
