package io.waypost.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

import io.micrometer.core.instrument.MeterRegistry;
import org.camunda.bpm.dmn.engine.DmnEngineException;
import org.camunda.bpm.dmn.feel.impl.FeelException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Decision tables by key. Answers are memoised by table version and input tuple. */
@Component
public class DecisionTableEvaluator {

	private static final String EVALUATE = "waypost.policy.decision.evaluate";

	private final DecisionTableVersions tables;

	private final DmnEngineEvaluator evaluator;

	private final InputColumnLiterals columns;

	private final DecisionCache memo;

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
		this.memo = new DecisionCache(settings.memoSize());
		this.meters = meters;
	}

	/**
	 * Evaluates the newest deployed version of a table.
	 * @param table decision key, for example {@code consent}
	 * @param inputs input variable name to value: strings, numbers, booleans, null
	 * @return what the table said
	 * @throws IllegalArgumentException when no such table is deployed
	 * @throws IllegalStateException when the table cannot be evaluated, for example
	 * because two rules of a UNIQUE table match
	 */
	public DecisionResult evaluate(String table, Map<String, @Nullable Object> inputs) {
		DeployedDecisionTable newest = this.tables.require(table);
		DecisionCache.Key question = new DecisionCache.Key(newest.definitionId(), inputs);
		DecisionResult known = this.memo.find(question);
		if (known != null) {
			count(table, "memoised");
			return known;
		}
		DecisionResult verdict = decide(newest, question);
		this.memo.put(question, verdict);
		return verdict;
	}

	/**
	 * Tells which texts the rules of a table name for one input. Whoever asks about many
	 * things, most of which no rule names, can leave those out without asking.
	 * @param table decision key
	 * @param input input variable name
	 * @return the texts, or empty when some rule leaves the input open or compares it in
	 * another way, so that any text might match
	 * @throws IllegalArgumentException when no such table is deployed
	 */
	public Optional<Set<String>> literals(String table, String input) {
		return this.columns.of(this.tables.require(table), input);
	}

	/**
	 * Says what is wrong with a decision table before it is deployed: whether it can be
	 * read at all, and every cell that is not FEEL. The engine itself would notice a bad
	 * cell only when somebody's message depends on it.
	 * @param resource name of the file, for the messages
	 * @param dmn its content
	 * @return one sentence for each problem; empty when there is none
	 */
	public List<String> validate(String resource, byte[] dmn) {
		return DecisionTableValidator.validate(resource, dmn);
	}

	/**
	 * Tells this node that tables were deployed: the next evaluation asks for the newest
	 * versions. Inside a transaction it takes effect when that has committed. Other nodes
	 * find out by themselves within a second.
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

	private DecisionResult decide(DeployedDecisionTable table, DecisionCache.Key question) {
		try {
			DecisionResult verdict = this.evaluator.evaluate(table, question.inputs());
			count(table.key(), "hit");
			return verdict;
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

}
