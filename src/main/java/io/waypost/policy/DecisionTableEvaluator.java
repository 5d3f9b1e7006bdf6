package io.waypost.policy;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.kernel.TenantId;
import org.camunda.bpm.dmn.engine.DmnEngineException;
import org.camunda.bpm.dmn.feel.impl.FeelException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Evaluates deployed decision tables by key. Results are cached by table version and
 * inputs.
 */
@Component
public class DecisionTableEvaluator {

	private static final String EVALUATE = "waypost.policy.decision.evaluate";

	private final DecisionTableVersions tables;

	private final DmnEngineEvaluator evaluator;

	private final InputColumnLiterals columns;

	private final Cache<CacheKey, DecisionResult> cache;

	private final MeterRegistry meters;

	@Autowired
	DecisionTableEvaluator(DecisionTableSource source, PolicySettings settings, MeterRegistry meters) {
		this(source, settings, meters, System::nanoTime);
	}

	DecisionTableEvaluator(DecisionTableSource source, PolicySettings settings, MeterRegistry meters,
			LongSupplier nanos) {
		this.tables = new DecisionTableVersions(source, settings.checkInterval(), nanos);
		this.evaluator = new DmnEngineEvaluator(source);
		this.columns = new InputColumnLiterals(source);
		this.cache = Caffeine.newBuilder().executor(Runnable::run).maximumSize(settings.cacheSize()).build();
		this.meters = meters;
	}

	/**
	 * Evaluates the newest deployed version of a table: the tenant's own table, else the
	 * shared one.
	 * @param tenant the tenant
	 * @param table decision key, for example {@code consent}
	 * @param inputs input variable name to value: strings, numbers, booleans, null
	 * @return the result
	 * @throws IllegalArgumentException when no such table is deployed
	 * @throws IllegalStateException when the table cannot be evaluated, for example
	 * because two rules of a UNIQUE table match
	 */
	public DecisionResult evaluate(TenantId tenant, String table, Map<String, @Nullable Object> inputs) {
		DeployedDecisionTable newest = this.tables.require(tenant, table);
		CacheKey key = new CacheKey(newest.definitionId(), inputs);
		DecisionResult known = this.cache.getIfPresent(key);
		if (known != null) {
			count(table, "cached");
			return known;
		}
		DecisionResult result = decide(newest, key);
		this.cache.put(key, result);
		return result;
	}

	/**
	 * Returns the texts that the rules of a table name for one input. A caller can skip
	 * evaluations for texts that no rule names.
	 * @param tenant the tenant
	 * @param table decision key
	 * @param input input variable name
	 * @return the texts, or empty when a rule leaves the input empty or compares it in
	 * another way, so that any text might match
	 * @throws IllegalArgumentException when no such table is deployed
	 */
	public Optional<Set<String>> literals(TenantId tenant, String table, String input) {
		return this.columns.of(this.tables.require(tenant, table), input);
	}

	/**
	 * Validates a decision table before it is deployed: whether it can be parsed, and
	 * that every cell is FEEL. The engine itself finds an invalid cell only when it
	 * evaluates it.
	 * @param resource name of the file, for the messages
	 * @param dmn its content
	 * @return one message for each problem; empty when the table is valid
	 */
	public List<String> validate(String resource, byte[] dmn) {
		return DecisionTableValidator.validate(resource, dmn);
	}

	/**
	 * Whether a table decides which messages may be sent: its invariants are checked, and
	 * a second user must approve a change.
	 * @param table decision key
	 * @return true for a table with invariants
	 */
	public static boolean isGating(String table) {
		return !GatingInvariant.of(table).isEmpty();
	}

	/**
	 * Tells this node that tables were deployed: the next evaluation reads the newest
	 * versions. Inside a transaction this takes effect after the commit. Other nodes
	 * notice within one second.
	 */
	public void refresh() {
		if (!TransactionSynchronizationManager.isSynchronizationActive()) {
			this.tables.invalidate();
			return;
		}
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCompletion(int status) {
				DecisionTableEvaluator.this.tables.invalidate();
			}

		});
	}

	private DecisionResult decide(DeployedDecisionTable table, CacheKey key) {
		try {
			DecisionResult result = this.evaluator.evaluate(table, key.inputs());
			count(table.key(), "hit");
			return result;
		}
		catch (DmnEngineException | FeelException ex) {
			count(table.key(), "failed");
			throw new IllegalStateException("Decision table '%s' version %d cannot be evaluated: %s"
				.formatted(table.key(), table.version(), ex.getMessage()), ex);
		}
	}

	private void count(String table, String outcome) {
		this.meters.counter(EVALUATE, "table", table, "outcome", outcome).increment();
	}

	/**
	 * Identifies an evaluation. A new version has a new definition id, so cached results
	 * never have to be invalidated.
	 */
	private record CacheKey(String definitionId, Map<String, @Nullable Object> inputs) {

		CacheKey {
			inputs = Collections.unmodifiableMap(new HashMap<>(inputs));
		}

	}

}
