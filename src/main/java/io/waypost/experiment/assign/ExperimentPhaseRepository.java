package io.waypost.experiment.assign;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import io.waypost.experiment.ExperimentDecision;
import io.waypost.experiment.ExperimentDefinition;
import io.waypost.experiment.ExperimentVerdict;
import io.waypost.experiment.assign.LayerSlots.SlotRange;
import io.waypost.experiment.define.ExperimentJson;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Phases of experiments. */
@Component
public class ExperimentPhaseRepository {

	private static final String IN_FORCE = """
			select t.*, e.version, e.definition,
			       array(select a.from_slot from experiment.allotment a
			              where a.tenant_id = e.tenant_id and a.layer = e.definition #>> '{reach,layer}' and a.key = e.key
			              order by a.place) as from_slots,
			       array(select a.to_slot from experiment.allotment a
			              where a.tenant_id = e.tenant_id and a.layer = e.definition #>> '{reach,layer}' and a.key = e.key
			              order by a.place) as to_slots
			  from experiment.experiment e
			  join experiment.trial t on t.tenant_id = e.tenant_id and t.key = e.key and t.phase = e.phase
			 where e.live
			""";

	private final JdbcClient jdbc;

	public ExperimentPhaseRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** The phase in force. */
	public Optional<ExperimentPhase> find(TenantId tenant, String key) {
		return this.jdbc.sql(IN_FORCE + " and e.tenant_id = ? and e.key = ?")
			.params(tenant.value(), key)
			.query(ExperimentPhaseRepository::trial)
			.optional();
	}

	/** The phase in force, for one look at a time. */
	public Optional<ExperimentPhase> lock(TenantId tenant, String key) {
		return this.jdbc.sql(IN_FORCE + " and e.tenant_id = ? and e.key = ? for update of t")
			.params(tenant.value(), key)
			.query(ExperimentPhaseRepository::trial)
			.optional();
	}

	/**
	 * Takes one experiment that nobody has looked at for long. It is not due again for a
	 * while, whatever becomes of the look: one that fails must not keep the others
	 * waiting.
	 * @param before looked at before
	 * @param now what is put down as the time of the look
	 */
	public Optional<DueExperiment> claimDue(Instant before, Instant now) {
		return this.jdbc.sql("""
				update experiment.trial claimed set looked_at = :now
				  from (select t.tenant_id, t.key, t.phase from experiment.trial t
				          join experiment.experiment e
				            on e.tenant_id = t.tenant_id and e.key = t.key and e.phase = t.phase and e.live
				         where t.closed_at is null and t.looked_at < :before
				         order by t.looked_at limit 1 for update of t skip locked) due
				 where claimed.tenant_id = due.tenant_id and claimed.key = due.key and claimed.phase = due.phase
				returning claimed.tenant_id, claimed.key
				""")
			.param("now", time(now))
			.param("before", time(before))
			.query((row, number) -> new DueExperiment(new TenantId(row.getString("tenant_id")), row.getString("key")))
			.optional();
	}

	/**
	 * An experiment to look at.
	 *
	 * @param tenant whose
	 * @param key its name
	 */
	public record DueExperiment(TenantId tenant, String key) {

	}

	public boolean isMeasuring(TenantId tenant) {
		return this.jdbc.sql("select exists (select from experiment.trial where tenant_id = ? and closed_at is null)")
			.param(tenant.value())
			.query(Boolean.class)
			.single();
	}

	public void open(TenantId tenant, String key, int phase, UUID id, Instant now, Instant deadline) {
		this.jdbc.sql("""
				insert into experiment.trial (tenant_id, key, phase, id, started_at, deadline_at, looked_at)
				values (:tenant, :key, :phase, :id, :now, :deadline, :now)""")
			.param("tenant", tenant.value())
			.param("key", key)
			.param("phase", phase)
			.param("id", id)
			.param("now", time(now))
			.param("deadline", time(deadline))
			.update();
	}

	/** What a look came to. */
	public void saveAnalysis(ExperimentPhase trial, ExperimentVerdict verdict, Instant now, Instant deadline,
			int extended, List<Double> shares) {
		this.jdbc.sql("""
				update experiment.trial
				   set looked_at = :now, looks = looks + 1, decision = :decision, arm = :arm, sentence = :sentence,
				       deadline_at = :deadline, extended = :extended, shares = :shares::float8[]
				 where tenant_id = :tenant and key = :key and phase = :phase""")
			.param("now", time(now))
			.param("decision", verdict.decision().name())
			.param("arm", verdict.arm())
			.param("sentence", verdict.sentence())
			.param("deadline", time(deadline))
			.param("extended", extended)
			.param("shares", shares.stream().map(String::valueOf).toArray(String[]::new))
			.param("tenant", trial.tenant().value())
			.param("key", trial.key())
			.param("phase", trial.number())
			.update();
	}

	public void markAnalysed(ExperimentPhase trial, Instant now) {
		this.jdbc.sql("update experiment.trial set looked_at = ? where tenant_id = ? and key = ? and phase = ?")
			.params(time(now), trial.tenant().value(), trial.key(), trial.number())
			.update();
	}

	/** The last decision that went into the ledger. */
	@Nullable public ExperimentDecision lastRecordedDecision(ExperimentPhase trial) {
		return this.jdbc.sql("select told from experiment.trial where tenant_id = ? and key = ? and phase = ?")
			.params(trial.tenant().value(), trial.key(), trial.number())
			.query((row, number) -> Optional.ofNullable(row.getString("told")))
			.single()
			.map(ExperimentDecision::valueOf)
			.orElse(null);
	}

	public void recordDecision(ExperimentPhase trial, ExperimentDecision decision) {
		this.jdbc.sql("update experiment.trial set told = ? where tenant_id = ? and key = ? and phase = ?")
			.params(decision.name(), trial.tenant().value(), trial.key(), trial.number())
			.update();
	}

	public void conclude(ExperimentPhase trial, ExperimentVerdict verdict, Instant now) {
		this.jdbc.sql("""
				update experiment.trial
				   set concluded_at = :now, decision = :decision, arm = :arm, sentence = :sentence, looked_at = :now
				 where tenant_id = :tenant and key = :key and phase = :phase""")
			.param("now", time(now))
			.param("decision", verdict.decision().name())
			.param("arm", verdict.arm())
			.param("sentence", verdict.sentence())
			.param("tenant", trial.tenant().value())
			.param("key", trial.key())
			.param("phase", trial.number())
			.update();
	}

	public int nextPhase(TenantId tenant, String key) {
		return this.jdbc.sql("select coalesce(max(phase), 0) + 1 from experiment.trial where tenant_id = ? and key = ?")
			.params(tenant.value(), key)
			.query(Integer.class)
			.single();
	}

	/** Ends the phases that another one of the same experiment takes over from. */
	public void supersede(TenantId tenant, String key, Instant now) {
		this.jdbc.sql("""
				update experiment.trial set closed_at = ? where tenant_id = ? and key = ? and closed_at is null""")
			.params(time(now), tenant.value(), key)
			.update();
	}

	/** Measures again: somebody is sent the winner after all was over. */
	public void reopen(ExperimentPhase trial) {
		this.jdbc.sql("update experiment.trial set closed_at = null where tenant_id = ? and key = ? and phase = ?")
			.params(trial.tenant().value(), trial.key(), trial.number())
			.update();
	}

	/** Stops measuring a concluded phase when the last exposure has matured. */
	public void closeWhenMatured(ExperimentPhase trial, Instant now) {
		this.jdbc.sql("""
				update experiment.trial t set closed_at = :now
				 where t.tenant_id = :tenant and t.key = :key and t.phase = :phase
				   and t.concluded_at < :idle
				   and not exists (select from experiment.exposure e where e.trial_id = t.id and e.matures_at > :now)
				""")
			.param("now", time(now))
			// Who is sent the winner is exposed after the conclusion
			.param("idle", time(now.minus(trial.definition().pace().window())))
			.param("tenant", trial.tenant().value())
			.param("key", trial.key())
			.param("phase", trial.number())
			.update();
	}

	public static OffsetDateTime time(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

	private static ExperimentPhase trial(ResultSet row, int number) throws SQLException {
		ExperimentDefinition definition = ExperimentJson.read(row.getString("definition"));
		return new ExperimentPhase(row.getObject("id", UUID.class), new TenantId(row.getString("tenant_id")),
				row.getInt("version"), row.getInt("phase"), definition, row.getTimestamp("started_at").toInstant(),
				row.getTimestamp("deadline_at").toInstant(), row.getInt("extended"), slots(definition, row),
				Arrays.asList(array(row, "shares", Double[].class)), conclusion(row),
				row.getTimestamp("closed_at") != null);
	}

	/** A layer of its own needs no rows: it always begins at the first slot. */
	private static List<SlotRange> slots(ExperimentDefinition definition, ResultSet row) throws SQLException {
		if (definition.reach().layer() == null) {
			return List.of(new SlotRange(0, LayerSlots.slotsFor(definition.reach().traffic())));
		}
		Integer[] from = array(row, "from_slots", Integer[].class);
		Integer[] to = array(row, "to_slots", Integer[].class);
		return Stream.iterate(0, (place) -> place < from.length, (place) -> place + 1)
			.map((place) -> new SlotRange(from[place], to[place]))
			.toList();
	}

	private static ExperimentPhase.@Nullable Conclusion conclusion(ResultSet row) throws SQLException {
		Timestamp at = row.getTimestamp("concluded_at");
		return (at == null) ? null
				: new ExperimentPhase.Conclusion(at.toInstant(),
						new ExperimentVerdict(ExperimentDecision.valueOf(row.getString("decision")),
								row.getString("arm"), row.getString("sentence")));
	}

	private static <T> T[] array(ResultSet row, String column, Class<T[]> type) throws SQLException {
		Array array = row.getArray(column);
		return type.cast(array.getArray());
	}

}
