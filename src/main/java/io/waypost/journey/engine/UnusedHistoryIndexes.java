package io.waypost.journey.engine;

import java.util.List;

import jakarta.annotation.PostConstruct;
import org.camunda.bpm.engine.ProcessEngine;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Drops indexes of the engine's history that no query uses. A message writes two dozen
 * history rows, and each index costs a write per row. Indexes for explanations, Cockpit,
 * the end of a run and the cleanup stay.
 */
@Component
class UnusedHistoryIndexes {

	private static final List<String> UNUSED = List.of("act_idx_hi_act_inst_start_end", "act_idx_hi_act_inst_end",
			"act_idx_hi_act_inst_tenant_id", "act_idx_hi_act_inst_proc_def_key", "act_idx_hi_ai_pdefid_end_time",
			"act_idx_hi_casevar_case_inst", "act_idx_hi_var_inst_tenant_id", "act_idx_hi_var_inst_proc_def_key",
			"act_idx_hi_varinst_name", "act_idx_hi_varinst_act_inst_id", "act_idx_hi_pro_inst_tenant_id",
			"act_idx_hi_pro_rst_pro_inst_id");

	private final JdbcTemplate jdbc;

	/** Depends on the engine, which creates the tables. */
	UnusedHistoryIndexes(ProcessEngine engine, JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	@PostConstruct
	void drop() {
		this.jdbc.execute("drop index if exists " + String.join(", ", UNUSED));
	}

}
