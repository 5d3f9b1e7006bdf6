package io.waypost.experiment.assign;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

import io.waypost.database.JsonColumn;
import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.experiment.ExperimentDecision;
import io.waypost.experiment.ExperimentDefinition;
import io.waypost.experiment.ExperimentVerdict;
import io.waypost.experiment.assign.LayerSlots.SlotRange;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL access to the phases of experiments. */
@Component
public class ExperimentPhaseRepository {

	private static final String LIVE = """
			select p.*, e.version, e.definition,
			       array(select a.from_slot from experiment.slot_allocation a
			              where a.tenant_id = e.tenant_id and a.layer = e.definition #>> '{reach,layer}' and a.key = e.key
			              order by a.position) as from_slots,
			       array(select a.to_slot from experiment.slot_allocation a
			              where a.tenant_id = e.tenant_id and a.layer = e.definition #>> '{reach,layer}' and a.key = e.key
			              order by a.position) as to_slots
			  from experiment.experiment e
			  join experiment.phase p on p.tenant_id = e.tenant_id and p.key = e.key and p.number = e.phase
			 where e.live
			""";

	private final JdbcClient jdbc;

	private final JsonColumn json;

	public ExperimentPhaseRepository(JdbcClient jdbc, JsonColumn json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	/** Finds the live phase. */
	public Optional<ExperimentPhase> find(TenantId tenant, String key) {
		return this.jdbc.sql(LIVE + " and e.tenant_id = ? and e.key = ?")
			.params(tenant.value(), key)
			.query(this::phase)
			.optional();
	}

	/** Finds the live phase and locks it, so that one interim analysis runs at a time. */
	public Optional<ExperimentPhase> lock(TenantId tenant, String key) {
		return this.jdbc.sql(LIVE + " and e.tenant_id = ? and e.key = ? for update of p")
			.params(tenant.value(), key)
			.query(this::phase)
			.optional();
	}

	/**
	 * Claims the experiment whose last interim analysis is oldest. The claim counts as an
	 * analysis even if the analysis fails later, so a failing experiment does not block
	 * the others.
	 * @param before only experiments whose last analysis is earlier are due
	 * @param now stored as the time of the analysis
	 * @return empty when no experiment is due
	 */
	public Optional<DueExperiment> claimDue(Instant before, Instant now) {
		return this.jdbc.sql("""
				update experiment.phase claimed set analysed_at = :now
				  from (select p.tenant_id, p.key, p.number from experiment.phase p
				          join experiment.experiment e
				            on e.tenant_id = p.tenant_id and e.key = p.key and e.phase = p.number and e.live
				         where p.closed_at is null and p.analysed_at < :before
				         order by p.analysed_at limit 1 for update of p skip locked) due
				 where claimed.tenant_id = due.tenant_id and claimed.key = due.key and claimed.number = due.number
				returning claimed.tenant_id, claimed.key
				""")
			.param("now", SqlTime.of(now))
			.param("before", SqlTime.of(before))
			.query((row, number) -> new DueExperiment(new TenantId(row.getString("tenant_id")), row.getString("key")))
			.optional();
	}

	/**
	 * An experiment that is due for an interim analysis.
	 *
	 * @param tenant the tenant
	 * @param key the experiment's key
	 */
	public record DueExperiment(TenantId tenant, String key) {

	}

	/** Whether the tenant has a phase that still measures outcomes. */
	public boolean isMeasuring(TenantId tenant) {
		return this.jdbc.sql("select exists (select from experiment.phase where tenant_id = ? and closed_at is null)")
			.param(tenant.value())
			.query(Boolean.class)
			.single();
	}

	/** Starts a phase. */
	public void open(TenantId tenant, String key, int number, UUID id, Instant now, Instant deadline) {
		this.jdbc.sql("""
				insert into experiment.phase (tenant_id, key, number, id, started_at, deadline_at, analysed_at)
				values (:tenant, :key, :number, :id, :now, :deadline, :now)""")
			.param("tenant", tenant.value())
			.param("key", key)
			.param("number", number)
			.param("id", id)
			.param("now", SqlTime.of(now))
			.param("deadline", SqlTime.of(deadline))
			.update();
	}

	/** Stores the verdict of an interim analysis and what follows from it. */
	public void saveAnalysis(ExperimentPhase phase, ExperimentVerdict verdict, Instant now, Instant deadline,
			int extensionsUsed, List<Double> shares) {
		this.jdbc
			.sql("""
					update experiment.phase
					   set analysed_at = :now, analyses = analyses + 1, decision = :decision, arm = :arm,
					       sentence = :sentence, deadline_at = :deadline, extensions_used = :extensionsUsed, shares = :shares
					 where tenant_id = :tenant and key = :key and number = :number""")
			.param("now", SqlTime.of(now))
			.param("decision", verdict.decision().name())
			.param("arm", verdict.arm())
			.param("sentence", verdict.sentence())
			.param("deadline", SqlTime.of(deadline))
			.param("extensionsUsed", extensionsUsed)
			.param("shares", SqlArray.doubles(shares, (share) -> share))
			.param("tenant", phase.tenant().value())
			.param("key", phase.key())
			.param("number", phase.number())
			.update();
	}

	/** Stores the time of an analysis that changed nothing. */
	public void markAnalysed(ExperimentPhase phase, Instant now) {
		this.jdbc.sql("update experiment.phase set analysed_at = ? where tenant_id = ? and key = ? and number = ?")
			.params(SqlTime.of(now), phase.tenant().value(), phase.key(), phase.number())
			.update();
	}

	/** The decision that was last written to the ledger; null when there was none. */
	@Nullable public ExperimentDecision lastRecordedDecision(ExperimentPhase phase) {
		return this.jdbc
			.sql("select recorded_decision from experiment.phase where tenant_id = ? and key = ? and number = ?")
			.params(phase.tenant().value(), phase.key(), phase.number())
			.query((row, number) -> Optional.ofNullable(row.getString("recorded_decision")))
			.single()
			.map(ExperimentDecision::valueOf)
			.orElse(null);
	}

	/** Stores the decision that was written to the ledger. */
	public void recordDecision(ExperimentPhase phase, ExperimentDecision decision) {
		this.jdbc
			.sql("update experiment.phase set recorded_decision = ? where tenant_id = ? and key = ? and number = ?")
			.params(decision.name(), phase.tenant().value(), phase.key(), phase.number())
			.update();
	}

	/** Ends a phase with its final verdict. */
	public void conclude(ExperimentPhase phase, ExperimentVerdict verdict, Instant now) {
		this.jdbc.sql("""
				update experiment.phase
				   set concluded_at = :now, decision = :decision, arm = :arm, sentence = :sentence, analysed_at = :now
				 where tenant_id = :tenant and key = :key and number = :number""")
			.param("now", SqlTime.of(now))
			.param("decision", verdict.decision().name())
			.param("arm", verdict.arm())
			.param("sentence", verdict.sentence())
			.param("tenant", phase.tenant().value())
			.param("key", phase.key())
			.param("number", phase.number())
			.update();
	}

	/** The number of the next phase. */
	public int nextNumber(TenantId tenant, String key) {
		return this.jdbc
			.sql("select coalesce(max(number), 0) + 1 from experiment.phase where tenant_id = ? and key = ?")
			.params(tenant.value(), key)
			.query(Integer.class)
			.single();
	}

	/** Closes all phases of an experiment before a new one starts. */
	public void closeAll(TenantId tenant, String key, Instant now) {
		this.jdbc.sql("""
				update experiment.phase set closed_at = ? where tenant_id = ? and key = ? and closed_at is null""")
			.params(SqlTime.of(now), tenant.value(), key)
			.update();
	}

	/** Measures a closed phase again, because the winner is sent to more people. */
	public void reopen(ExperimentPhase phase) {
		this.jdbc.sql("update experiment.phase set closed_at = null where tenant_id = ? and key = ? and number = ?")
			.params(phase.tenant().value(), phase.key(), phase.number())
			.update();
	}

	/** Closes a concluded phase when its last exposure has matured. */
	public void closeWhenMatured(ExperimentPhase phase, Instant now) {
		this.jdbc.sql("""
				update experiment.phase p set closed_at = :now
				 where p.tenant_id = :tenant and p.key = :key and p.number = :number
				   and p.concluded_at < :idle
				   and not exists (select from experiment.exposure e where e.phase_id = p.id and e.matures_at > :now)
				""")
			.param("now", SqlTime.of(now))
			// Recipients of the winner are exposed after the conclusion
			.param("idle", SqlTime.of(now.minus(phase.definition().pace().window())))
			.param("tenant", phase.tenant().value())
			.param("key", phase.key())
			.param("number", phase.number())
			.update();
	}

	private ExperimentPhase phase(ResultSet row, int number) throws SQLException {
		ExperimentDefinition definition = this.json.read(row.getString("definition"), ExperimentDefinition.class);
		return new ExperimentPhase(row.getObject("id", UUID.class), new TenantId(row.getString("tenant_id")),
				row.getInt("version"), row.getInt("number"), definition, SqlTime.read(row, "started_at"),
				SqlTime.read(row, "deadline_at"), row.getInt("extensions_used"), slots(definition, row),
				Arrays.asList(array(row, "shares", Double[].class)), conclusion(row),
				SqlTime.readNullable(row, "closed_at") != null);
	}

	/**
	 * An experiment without a named layer has no rows: its slots always start at the
	 * first.
	 */
	private static List<SlotRange> slots(ExperimentDefinition definition, ResultSet row) throws SQLException {
		if (definition.reach().layer() == null) {
			return List.of(new SlotRange(0, LayerSlots.slotsFor(definition.reach().traffic())));
		}
		Integer[] from = array(row, "from_slots", Integer[].class);
		Integer[] to = array(row, "to_slots", Integer[].class);
		return IntStream.range(0, from.length).mapToObj((index) -> new SlotRange(from[index], to[index])).toList();
	}

	private static ExperimentPhase.@Nullable Conclusion conclusion(ResultSet row) throws SQLException {
		Instant at = SqlTime.readNullable(row, "concluded_at");
		return (at == null) ? null
				: new ExperimentPhase.Conclusion(at,
						new ExperimentVerdict(ExperimentDecision.valueOf(row.getString("decision")),
								row.getString("arm"), row.getString("sentence")));
	}

	private static <T> T[] array(ResultSet row, String column, Class<T[]> type) throws SQLException {
		Array array = row.getArray(column);
		return type.cast(array.getArray());
	}

}
