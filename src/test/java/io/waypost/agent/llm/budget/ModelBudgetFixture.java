package io.waypost.agent.llm.budget;

import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waypost.agent.llm.ModelPurpose;
import io.waypost.agent.llm.TokenUsage;
import io.waypost.agent.llm.budget.ModelBudget.CallResult;
import io.waypost.agent.llm.budget.ModelBudget.SpendDecision;
import io.waypost.agent.llm.budget.ModelBudget.SpendRequest;
import io.waypost.agent.llm.budget.ModelPriceSettings.ConfiguredPrice;
import io.waypost.agent.pii.PersonalDataDetector;
import io.waypost.database.TenantScope;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;
import io.waypost.kernel.UuidV7Generator;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import io.waypost.testing.MutableClock;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Budgets with settings and a clock of their own on the shared database. A token of the
 * model {@code unit} costs a millionth of a US dollar, whatever its class.
 */
final class ModelBudgetFixture {

	static final CallResult ANSWERED = new CallResult("answered", "unit-2030-01-01", "{\"subject\":\"Hello\"}",
			Duration.ofMillis(1_200));

	final TenantId tenant = new TenantId("budget-" + UUID.randomUUID().toString().substring(0, 8));

	final MeterRegistry meters = new SimpleMeterRegistry();

	private final JdbcClient jdbc;

	private final PlatformTransactionManager transactions;

	private final Ledger ledger;

	private final MutableClock clock;

	ModelBudgetFixture(JdbcClient jdbc, PlatformTransactionManager transactions, Ledger ledger, MutableClock clock) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.ledger = ledger;
		this.clock = clock;
	}

	/**
	 * Settings with a daily limit, an alert at half of it, and 1 USD per 1,000 people.
	 */
	static ModelBudgetSettings limit(String dailyLimit) {
		BigDecimal limit = new BigDecimal(dailyLimit);
		return new ModelBudgetSettings(limit.divide(BigDecimal.TWO), limit, BigDecimal.ONE, 80, null,
				Duration.ofDays(400));
	}

	/** Makes the beans of a node. */
	DatabaseModelBudget node(ModelBudgetSettings settings) {
		return new DatabaseModelBudget(counters(), calls(), prices(), settings,
				new BudgetAlerts(counters(), settings, this.ledger, this.clock), this.transactions,
				new UuidV7Generator(this.clock, new SecureRandom()), this.clock, this.meters);
	}

	ModelCallJob job(ModelBudgetSettings settings) {
		return new ModelCallJob(node(settings), calls(), counters(), settings, this.clock);
	}

	SpendCounters counters() {
		return new SpendCounters(this.jdbc);
	}

	ModelCallRepository calls() {
		return new ModelCallRepository(this.jdbc, new PromptRedactor(new PersonalDataDetector()));
	}

	private static ModelPrices prices() {
		return new ModelPrices(new ModelPriceSettings(List.of(new ConfiguredPrice("unit", BigDecimal.ONE, null, null,
				BigDecimal.ONE, LocalDate.parse("2030-01-01")))));
	}

	/** A call whose highest cost is a number of millionths. */
	SpendRequest request(@Nullable CampaignId campaign, int recipients, long millionths) {
		return new SpendRequest(this.tenant, ModelPurpose.WRITE, campaign, recipients, "stub", "unit", "key-1",
				"write-email@1", 0, millionths, "Write an e-mail.");
	}

	SpendRequest request(long millionths) {
		return request(null, 0, millionths);
	}

	static TokenUsage used(long millionths) {
		return new TokenUsage(0, 0, 0, millionths);
	}

	static BigDecimal dollars(long millionths) {
		return BigDecimal.valueOf(millionths, 6).setScale(9);
	}

	SpendDecision.Reserved reserved(ModelBudget budget, long millionths) {
		return (SpendDecision.Reserved) budget.reserve(request(millionths));
	}

	/** Reads reserved and spent of a budget from the database. */
	Amounts amounts(String budgetName) {
		return TenantScope.of(this.tenant,
				() -> this.jdbc.sql("select reserved, spent from agent.model_spend where tenant_id = ? and budget = ?")
					.params(this.tenant.value(), budgetName)
					.query(Amounts.class)
					.optional()
					.orElse(new Amounts(dollars(0), dollars(0))));
	}

	Amounts today() {
		return amounts(SpendCounters.day(day()));
	}

	/** Returns the kinds of the day's entries in the ledger. */
	List<String> alerts() {
		return TenantScope.of(this.tenant,
				() -> this.ledger.findBySubject(this.tenant, "model-budget:" + day())
					.stream()
					.map(LedgerEntry::kind)
					.toList());
	}

	LocalDate day() {
		return LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC);
	}

	/** Both amounts of a counter. */
	record Amounts(BigDecimal reserved, BigDecimal spent) {

		BigDecimal sum() {
			return this.reserved.add(this.spent);
		}

	}

}
