package io.waypost.journey;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

import io.waypost.database.SqlTime;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.Page;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.repository.ProcessDefinitionQuery;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Queries about journeys: definitions, running instances and the paths of runs. */
@Component
public class Journeys {

	/** The columns that {@link #run} reads. */
	public static final String COLUMNS = """
			SELECT id, journey, profile_id, key, status, outcome, created_at, ended_at, process_instance_id
			FROM journey.run
			""";

	private final RepositoryService repository;

	private final HistoryService history;

	private final TokenCountRepository tokens;

	private final JdbcClient jdbc;

	Journeys(RepositoryService repository, HistoryService history, TokenCountRepository tokens, JdbcClient jdbc) {
		this.repository = repository;
		this.history = history;
		this.tokens = tokens;
		this.jdbc = jdbc;
	}

	/**
	 * Lists the newest version of every journey: the tenant's own, else the shared one.
	 * @param tenant the tenant, whose runs are counted
	 * @return by key
	 */
	public List<JourneyDefinition> definitions(TenantId tenant) {
		Map<String, Long> running = new TreeMap<>(this.tokens.instances(tenant));
		running(tenant).forEach((key, runs) -> running.merge(key, runs, Math::max));
		return ownElseShared(tenant, this.repository.createProcessDefinitionQuery().latestVersion()).values()
			.stream()
			.sorted(Comparator.comparing(ProcessDefinition::getKey))
			.map((found) -> new JourneyDefinition(found.getId(), found.getKey(), found.getName(), found.getVersion(),
					found.getVersionTag(), running.getOrDefault(found.getKey(), 0L)))
			.toList();
	}

	/**
	 * Counts the runs of each journey that are not ended. Processes that journeys call
	 * have no runs of their own.
	 * @param tenant the tenant
	 * @return journey key to number; journeys without any are absent
	 */
	public Map<String, Long> running(TenantId tenant) {
		Map<String, Long> counts = new TreeMap<>();
		this.jdbc.sql("""
				SELECT journey, count(*) AS runs FROM journey.run
				WHERE tenant_id = ? AND status IN ('pending', 'running') GROUP BY journey
				""").param(tenant.value()).query((row) -> {
			counts.put(row.getString("journey"), row.getLong("runs"));
		});
		return counts;
	}

	/**
	 * Counts the runs at each element.
	 * @param tenant the tenant
	 * @param key process key, in all versions
	 * @return element id to number of tokens on it
	 */
	public Map<String, Long> runningByActivity(TenantId tenant, String key) {
		return this.tokens.byActivity(tenant, key);
	}

	/**
	 * Counts the tokens of process instances that share a business key, for example those
	 * of a campaign and of its chunks.
	 * @param tenant the tenant
	 * @param businessKey the shared key; keys with this key and a colon as prefix count
	 * too
	 * @return process key to element id to number of tokens on it
	 */
	public Map<String, Map<String, Long>> tokensByBusinessKey(TenantId tenant, String businessKey) {
		return this.tokens.byBusinessKey(tenant, businessKey);
	}

	/**
	 * Finds the newest version of a process: the tenant's own, else the shared one.
	 * @param tenant the tenant
	 * @param key process key
	 * @return the engine's id of that version, see {@link #diagram}
	 */
	public Optional<String> newest(TenantId tenant, String key) {
		return Optional
			.ofNullable(ownElseShared(tenant,
					this.repository.createProcessDefinitionQuery().processDefinitionKey(key).latestVersion())
				.get(key))
			.map(ProcessDefinition::getId);
	}

	private static Map<String, ProcessDefinition> ownElseShared(TenantId tenant, ProcessDefinitionQuery query) {
		Map<String, ProcessDefinition> byKey = new TreeMap<>();
		query.tenantIdIn(tenant.value())
			.includeProcessDefinitionsWithoutTenantId()
			.list()
			.forEach((found) -> byKey.merge(found.getKey(), found,
					(first, second) -> (first.getTenantId() != null) ? first : second));
		return byKey;
	}

	/**
	 * Lists runs, newest first.
	 * @param tenant the tenant
	 * @param limit 1 to 500
	 * @param cursor from the page before, or null
	 * @return one page
	 */
	public Page<JourneyRun> runs(TenantId tenant, int limit, @Nullable String cursor) {
		List<JourneyRun> found = this.jdbc
			.sql(COLUMNS + "WHERE tenant_id = :tenant AND (:before::uuid IS NULL OR id < :before::uuid)"
					+ " ORDER BY id DESC LIMIT :limit")
			.param("tenant", tenant.value())
			.param("before", cursor)
			.param("limit", limit)
			.query((row, number) -> run(row))
			.list();
		return new Page<>(found, (found.size() == limit) ? found.getLast().id().toString() : null);
	}

	/**
	 * Finds one run.
	 * @param tenant the tenant
	 * @param id its id
	 * @return the run
	 */
	public Optional<JourneyRun> find(TenantId tenant, JourneyRunId id) {
		return this.jdbc.sql(COLUMNS + "WHERE tenant_id = ? AND id = ?")
			.params(tenant.value(), id.value())
			.query((row, number) -> run(row))
			.optional();
	}

	/**
	 * Reads the path of a run: one entry for each diagram, the journey first and then the
	 * processes that it called, in the order of their start.
	 * @param tenant the tenant
	 * @param id the run
	 * @return the paths, none before the engine has started the run
	 */
	public List<JourneyPath> path(TenantId tenant, JourneyRunId id) {
		List<HistoricProcessInstance> instances = this.history.createHistoricProcessInstanceQuery()
			.processInstanceBusinessKey(id.toString())
			.tenantIdIn(tenant.value())
			.orderByProcessInstanceStartTime()
			.asc()
			.list();
		return instances.stream().map(this::path).toList();
	}

	/**
	 * The BPMN diagram of one version that the tenant may use.
	 * @param tenant the tenant
	 * @param definitionId see {@link JourneyDefinition#id} and
	 * {@link JourneyPath#definitionId}
	 * @return BPMN 2.0 XML, empty when there is no such version
	 */
	public Optional<String> diagram(TenantId tenant, String definitionId) {
		boolean known = this.repository.createProcessDefinitionQuery()
			.processDefinitionId(definitionId)
			.tenantIdIn(tenant.value())
			.includeProcessDefinitionsWithoutTenantId()
			.count() > 0;
		return known ? Optional.of(xml(definitionId)) : Optional.empty();
	}

	private String xml(String definitionId) {
		try (InputStream model = this.repository.getProcessModel(definitionId)) {
			return new String(model.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("A deployed diagram cannot be read: " + definitionId, ex);
		}
	}

	/**
	 * Ids are time-ordered, so they put elements that began in one millisecond in order.
	 */
	private JourneyPath path(HistoricProcessInstance instance) {
		List<HistoricActivityInstance> passed = new ArrayList<>(
				this.history.createHistoricActivityInstanceQuery().processInstanceId(instance.getId()).list());
		passed.sort(Comparator.comparing(HistoricActivityInstance::getStartTime)
			.thenComparing((activity) -> time(activity.getId())));
		return new JourneyPath(instance.getProcessDefinitionId(), instance.getProcessDefinitionKey(),
				passed.stream().map(HistoricActivityInstance::getActivityId).toList(),
				passed.stream()
					.filter((activity) -> activity.getEndTime() == null)
					.map(HistoricActivityInstance::getActivityId)
					.toList());
	}

	private static String time(String activityInstance) {
		return activityInstance.substring(activityInstance.indexOf(':') + 1);
	}

	public static JourneyRun run(ResultSet row) throws SQLException {
		return new JourneyRun(new JourneyRunId(row.getObject("id", UUID.class)), row.getString("journey"),
				new ProfileId(row.getObject("profile_id", UUID.class)), row.getString("key"),
				JourneyRun.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)), row.getString("outcome"),
				SqlTime.read(row, "created_at"), SqlTime.readNullable(row, "ended_at"),
				row.getString("process_instance_id"));
	}

}
