package io.waypost.agent.llm.budget;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.agent.llm.TokenUsage;
import io.waypost.agent.llm.budget.ModelBudget.SpendDecision.Refused;
import io.waypost.agent.llm.budget.ModelBudget.SpendDecision.Reserved;
import io.waypost.agent.llm.budget.ModelCallRepository.RedactedRequest;
import io.waypost.agent.llm.budget.SpendCounters.SpendChange;
import io.waypost.database.TenantScope;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The budget in PostgreSQL, which all nodes share. Each method has its own short
 * transaction: an amount that is reserved in a transaction of the caller would be
 * forgotten when that rolls back, and would make all other calls wait.
 */
@Component
@EnableConfigurationProperties({ ModelBudgetSettings.class, ModelPriceSettings.class })
class DatabaseModelBudget implements ModelBudget {

	/** Outcome of a call whose node did not say what became of it. */
	static final String UNKNOWN = "unknown";

	private static final String LIMIT_OF_DAY = "day";

	private static final String LIMIT_OF_CAMPAIGN = "campaign";

	private final SpendCounters counters;

	private final ModelCallRepository calls;

	private final ModelPrices prices;

	private final ModelBudgetSettings settings;

	private final BudgetAlerts alerts;

	private final TransactionTemplate transaction;

	private final IdGenerator ids;

	private final Clock clock;

	private final MeterRegistry meters;

	DatabaseModelBudget(SpendCounters counters, ModelCallRepository calls, ModelPrices prices,
			ModelBudgetSettings settings, BudgetAlerts alerts, PlatformTransactionManager transactions, IdGenerator ids,
			Clock clock, MeterRegistry meters) {
		this.counters = counters;
		this.calls = calls;
		this.prices = prices;
		this.settings = settings;
		this.alerts = alerts;
		this.transaction = new TransactionTemplate(transactions);
		this.ids = ids;
		this.clock = clock;
		this.meters = meters;
	}

	@Override
	public SpendLevel level(TenantId tenant, @Nullable CampaignId campaign, int recipients) {
		LocalDate day = today(this.clock.instant());
		return inTransaction(tenant, (status) -> {
			SpendLevel level = this.settings.level(this.counters.used(tenant, SpendCounters.day(day)),
					this.settings.dailyLimit());
			if (campaign != null) {
				level = higher(level, this.settings.level(this.counters.used(tenant, SpendCounters.campaign(campaign)),
						this.settings.campaignLimit(recipients)));
			}
			BigDecimal installationLimit = this.settings.installationDailyLimit();
			return (installationLimit == null) ? level
					: higher(level, this.settings.level(this.counters.usedByInstallation(day), installationLimit));
		});
	}

	private static SpendLevel higher(SpendLevel one, SpendLevel other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

	@Override
	public SpendDecision reserve(SpendRequest request) {
		requireNoTransaction();
		RedactedRequest redacted = this.calls.redact(request);
		Instant now = this.clock.instant();
		SpendDecision decision = inTransaction(request.tenant(), (status) -> {
			SpendDecision made = reserve(redacted, now);
			if (made instanceof Refused) {
				status.setRollbackOnly();
			}
			return made;
		});
		if (decision instanceof Refused refused && refused.limit().equals(LIMIT_OF_DAY)) {
			inTransaction(request.tenant(), (status) -> this.alerts.exhausted(request.tenant(), today(now)));
		}
		return decision;
	}

	private SpendDecision reserve(RedactedRequest redacted, Instant now) {
		SpendRequest request = redacted.request();
		BigDecimal amount = highestCost(request);
		LocalDate day = today(now);
		Optional<Refused> refused = refusal(request, amount, day);
		if (refused.isPresent()) {
			return refused.get();
		}
		UUID call = this.ids.next();
		this.calls.insert(call, redacted, amount, now, day);
		this.alerts.check(request.tenant(), day);
		return new Reserved(request.tenant(), call, amount);
	}

	private BigDecimal highestCost(SpendRequest request) {
		if (request.promptTokens() < 0 || request.maxTokens() < 0) {
			throw new IllegalArgumentException("promptTokens is %d and maxTokens is %d; both must be 0 or more"
				.formatted(request.promptTokens(), request.maxTokens()));
		}
		return this.prices.require(request.model()).highestCost(request.promptTokens(), request.maxTokens());
	}

	/** Takes the amount of every budget, or returns the first that does not allow it. */
	private Optional<Refused> refusal(SpendRequest request, BigDecimal amount, LocalDate day) {
		CampaignId campaign = request.campaign();
		if (campaign != null) {
			BigDecimal limit = this.settings.campaignLimit(request.recipients());
			String budget = SpendCounters.campaign(campaign);
			if (!this.counters.reserve(request.tenant(), budget, day, amount, limit)) {
				return Optional.of(new Refused(LIMIT_OF_CAMPAIGN,
						refused("campaign " + campaign, limit, this.counters.used(request.tenant(), budget), amount)));
			}
		}
		BigDecimal limit = this.settings.dailyLimit();
		String budget = SpendCounters.day(day);
		if (!this.counters.reserve(request.tenant(), budget, day, amount, limit)) {
			return Optional.of(new Refused(LIMIT_OF_DAY,
					refused(day.toString(), limit, this.counters.used(request.tenant(), budget), amount)));
		}
		if (!this.counters.reserveInstallation(day, amount, this.settings.installationDailyLimit())) {
			return Optional.of(new Refused(LIMIT_OF_DAY, "The limit of the installation for " + day
					+ " is used up; waypost.llm.budget.installation-daily-limit changes it"));
		}
		return Optional.empty();
	}

	private static String refused(String budget, BigDecimal limit, BigDecimal used, BigDecimal amount) {
		return "The limit of %s for %s does not allow a call of up to %s; %s are used or reserved"
			.formatted(dollars(limit), budget, dollars(amount), dollars(used));
	}

	private static String dollars(BigDecimal amount) {
		return amount.stripTrailingZeros().toPlainString() + " USD";
	}

	@Override
	public BigDecimal settle(Reserved call, CallResult result, @Nullable TokenUsage usage) {
		return inTransaction(call.tenant(), (status) -> {
			StoredReservation stored = lock(call.tenant(), call.call());
			TokenUsage counted = (usage != null && isPossible(usage)) ? usage : null;
			boolean open = stored.state() == ModelCallState.RESERVED;
			if (counted != null && (open || stored.state() == ModelCallState.KEPT)) {
				BigDecimal cost = this.prices.require(stored.model()).cost(counted);
				finish(stored, ModelCallState.SETTLED, cost, result, counted);
				return cost;
			}
			if (open) {
				finish(stored, ModelCallState.KEPT, stored.reserved(), result, null);
				return stored.reserved();
			}
			return stored.cost();
		});
	}

	private static boolean isPossible(TokenUsage usage) {
		return usage.input() >= 0 && usage.cacheRead() >= 0 && usage.cacheWrite() >= 0 && usage.output() >= 0;
	}

	@Override
	public void release(Reserved call, CallResult result) {
		inTransaction(call.tenant(), (status) -> {
			StoredReservation stored = lock(call.tenant(), call.call());
			if (stored.state() == ModelCallState.RESERVED) {
				finish(stored, ModelCallState.RELEASED, BigDecimal.ZERO, result, null);
			}
			return true;
		});
	}

	/**
	 * Makes the reserved amount the cost of a call whose node did not say what became of
	 * it. The provider may have answered and charged, so the amount is not released.
	 */
	void keep(TenantId tenant, UUID call) {
		inTransaction(tenant, (status) -> {
			StoredReservation stored = lock(tenant, call);
			if (stored.state() == ModelCallState.RESERVED) {
				finish(stored, ModelCallState.KEPT, stored.reserved(),
						new CallResult(UNKNOWN, null, null, Duration.ZERO), null);
			}
			return true;
		});
	}

	private StoredReservation lock(TenantId tenant, UUID call) {
		return this.calls.lock(tenant, call)
			.orElseThrow(() -> new IllegalArgumentException(
					"Tenant '%s' has no call '%s'; reserve() returns the call to settle".formatted(tenant, call)));
	}

	private void finish(StoredReservation call, ModelCallState state, BigDecimal cost, CallResult result,
			@Nullable TokenUsage usage) {
		this.calls.finish(call, state, cost, result, usage);
		SpendChange change = call.changeTo(cost);
		CampaignId campaign = call.campaign();
		if (campaign != null) {
			this.counters.book(call.tenant(), SpendCounters.campaign(campaign), change);
		}
		this.counters.book(call.tenant(), SpendCounters.day(call.day()), change);
		this.counters.bookInstallation(call.day(), change);
		this.alerts.check(call.tenant(), call.day());
		this.meters
			.counter("waypost.model.budget.used", "provider", call.provider(), "model", call.model(), "purpose",
					call.purpose())
			.increment(Math.max(0, change.spent().doubleValue()));
	}

	private static LocalDate today(Instant now) {
		return LocalDate.ofInstant(now, ZoneOffset.UTC);
	}

	private <T> T inTransaction(TenantId tenant, TransactionCallback<T> work) {
		requireNoTransaction();
		return TenantScope.of(tenant, () -> Objects.requireNonNull(this.transaction.execute(work)));
	}

	private static void requireNoTransaction() {
		if (TransactionSynchronizationManager.isActualTransactionActive()) {
			throw new IllegalStateException(
					"The budget of language models must be used outside a transaction; call it before or after");
		}
	}

}
