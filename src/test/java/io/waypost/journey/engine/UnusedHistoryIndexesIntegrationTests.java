package io.waypost.journey.engine;

import java.util.Set;
import java.util.TreeSet;

import io.waypost.testing.TestDatabase;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Over the tables as Camunda makes them: a name that changes there is found here. */
@Tag("engine-node")
class UnusedHistoryIndexesIntegrationTests {

	private final String url = TestDatabase.emptyDatabaseUrl("lean_indexes");

	private final JdbcTemplate jdbc = new JdbcTemplate(new DriverManagerDataSource(this.url));

	@Test
	void dropsExactlyTheUnusedIndexesAndIsRepeatable() {
		ProcessEngine engine = ProcessEngineConfiguration.createStandaloneProcessEngineConfiguration()
			.setProcessEngineName("lean")
			.setJdbcUrl(this.url)
			.setJdbcDriver("org.postgresql.Driver")
			.setDatabaseSchemaUpdate("create")
			.setJobExecutorActivate(false)
			.buildProcessEngine();
		try {
			Set<String> shipped = indexes();
			UnusedHistoryIndexes lean = new UnusedHistoryIndexes(engine, this.jdbc);
			lean.drop();
			Set<String> left = indexes();
			Set<String> gone = new TreeSet<>(shipped);
			gone.removeAll(left);
			assertThat(gone).containsExactlyInAnyOrder("act_idx_hi_act_inst_start_end", "act_idx_hi_act_inst_end",
					"act_idx_hi_act_inst_tenant_id", "act_idx_hi_act_inst_proc_def_key",
					"act_idx_hi_ai_pdefid_end_time", "act_idx_hi_casevar_case_inst", "act_idx_hi_var_inst_tenant_id",
					"act_idx_hi_var_inst_proc_def_key", "act_idx_hi_varinst_name", "act_idx_hi_varinst_act_inst_id",
					"act_idx_hi_pro_inst_tenant_id", "act_idx_hi_pro_rst_pro_inst_id");
			assertThat(left).as("what explanations, Cockpit, the end of a run and the cleanup ask by")
				.contains("act_idx_hi_act_inst_procinst", "act_idx_hi_act_inst_comp", "act_idx_hi_act_inst_rm_time",
						"act_idx_hi_pro_i_buskey", "act_idx_hi_pro_inst_end", "act_idx_hi_pro_inst_rm_time",
						"act_idx_hi_procvar_proc_inst", "act_idx_hi_varinst_rm_time");
			lean.drop();
			assertThat(indexes()).as("when it starts again").isEqualTo(left);
		}
		finally {
			engine.close();
		}
	}

	private Set<String> indexes() {
		return new TreeSet<>(this.jdbc.queryForList(
				"select indexname from pg_indexes where schemaname = 'public' and tablename like 'act%'",
				String.class));
	}

}
