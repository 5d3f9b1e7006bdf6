package io.waypost.agent.llm.budget;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

import io.waypost.agent.llm.budget.ModelBudget.SpendDecision.Reserved;
import io.waypost.kernel.CampaignId;
import io.waypost.ledger.Ledger;
import io.waypost.testing.MutableClock;
import io.waypost.testing.WaypostTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random sequences of calls have the same sums in the database as in a simple model in
 * memory.
 */
@WaypostTest
class ModelBudgetSequenceIntegrationTests {

	private static final int STEPS = 150;

	private static final long DAY_LIMIT = 1_000_000;

	private static final int RECIPIENTS = 300;

	private final MutableClock clock = MutableClock.at("2031-05-05T12:00:00Z");

	private final List<CampaignId> campaigns = List.of(new CampaignId(UUID.randomUUID()),
			new CampaignId(UUID.randomUUID()));

	/** Millionths by budget. */
	private final Map<String, Long> reserved = new HashMap<>();

	private final Map<String, Long> spent = new HashMap<>();

	private final List<OpenCall> open = new ArrayList<>();

	private int refused;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private PlatformTransactionManager transactions;

	@Autowired
	private Ledger ledger;

	private record OpenCall(Reserved call, long amount, List<String> budgets, long minute) {

	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6 })
	void hasTheSumsOfTheModel(long seed) {
		ModelBudgetFixture fixture = new ModelBudgetFixture(this.jdbc, this.transactions, this.ledger, this.clock);
		DatabaseModelBudget budget = fixture.node(ModelBudgetFixture.limit("1"));
		ModelCallJob job = fixture.job(ModelBudgetFixture.limit("1"));
		SplittableRandom random = new SplittableRandom(seed);
		for (int step = 0; step < STEPS; step++) {
			switch (random.nextInt(12)) {
				case 0, 1, 2, 3, 4 -> reserve(fixture, budget, random);
				case 5, 6 -> settle(budget, random);
				case 7 -> keep(budget, random);
				case 8 -> release(budget, random);
				case 9 -> crash(random);
				case 10 -> this.clock.advance(Duration.ofMinutes(random.nextInt(1, 200)));
				default -> runJob(job);
			}
			if (step % 10 == 0) {
				compare(fixture);
			}
		}
		compare(fixture);
		assertThat(this.refused).as("the limits are reached").isPositive();
	}

	private void reserve(ModelBudgetFixture fixture, DatabaseModelBudget budget, SplittableRandom random) {
		CampaignId campaign = random.nextBoolean() ? this.campaigns.get(random.nextInt(2)) : null;
		long amount = random.nextLong(200_000);
		List<String> budgets = budgets(fixture.day(), campaign);
		boolean allowed = budgets.stream()
			.allMatch((name) -> amount == 0
					|| used(name) + amount <= (name.startsWith("day") ? DAY_LIMIT : RECIPIENTS * 1_000));
		var decision = budget.reserve(fixture.request(campaign, RECIPIENTS, amount));
		assertThat(decision instanceof Reserved).isEqualTo(allowed);
		if (decision instanceof Reserved call) {
			budgets.forEach((name) -> this.reserved.merge(name, amount, Long::sum));
			this.open.add(new OpenCall(call, amount, budgets, minute()));
		}
		else {
			this.refused++;
		}
	}

	private static List<String> budgets(LocalDate day, @Nullable CampaignId campaign) {
		return (campaign == null) ? List.of(SpendCounters.day(day))
				: List.of(SpendCounters.campaign(campaign), SpendCounters.day(day));
	}

	private void settle(DatabaseModelBudget budget, SplittableRandom random) {
		if (!this.open.isEmpty()) {
			OpenCall call = this.open.remove(random.nextInt(this.open.size()));
			long used = random.nextLong(2 * call.amount() + 1);
			budget.settle(call.call(), ModelBudgetFixture.ANSWERED, ModelBudgetFixture.used(used));
			book(call, used);
		}
	}

	private void keep(DatabaseModelBudget budget, SplittableRandom random) {
		if (!this.open.isEmpty()) {
			OpenCall call = this.open.remove(random.nextInt(this.open.size()));
			budget.settle(call.call(), ModelBudgetFixture.ANSWERED, null);
			book(call, call.amount());
		}
	}

	private void release(DatabaseModelBudget budget, SplittableRandom random) {
		if (!this.open.isEmpty()) {
			OpenCall call = this.open.remove(random.nextInt(this.open.size()));
			budget.release(call.call(), ModelBudgetFixture.ANSWERED);
			book(call, 0);
		}
	}

	/** The node of a call dies: the call stays open until the job finds it. */
	private void crash(SplittableRandom random) {
		if (!this.open.isEmpty()) {
			this.open.add(this.open.remove(random.nextInt(this.open.size())));
		}
	}

	private void runJob(ModelCallJob job) {
		job.keepOverdue();
		List<OpenCall> overdue = this.open.stream()
			.filter((call) -> minute() - call.minute() > ModelCallJob.OVERDUE.toMinutes())
			.toList();
		overdue.forEach((call) -> book(call, call.amount()));
		this.open.removeAll(overdue);
	}

	private void book(OpenCall call, long cost) {
		call.budgets().forEach((name) -> {
			this.reserved.merge(name, -call.amount(), Long::sum);
			this.spent.merge(name, cost, Long::sum);
		});
	}

	private void compare(ModelBudgetFixture fixture) {
		this.reserved.forEach((name, amount) -> {
			assertThat(fixture.amounts(name).reserved()).as(name).isEqualTo(ModelBudgetFixture.dollars(amount));
			assertThat(fixture.amounts(name).spent()).as(name)
				.isEqualTo(ModelBudgetFixture.dollars(this.spent.getOrDefault(name, 0L)));
		});
	}

	private long used(String name) {
		return this.reserved.getOrDefault(name, 0L) + this.spent.getOrDefault(name, 0L);
	}

	private long minute() {
		return this.clock.instant().getEpochSecond() / 60;
	}

}
