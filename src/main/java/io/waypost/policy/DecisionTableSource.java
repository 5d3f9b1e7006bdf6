package io.waypost.policy;

import java.io.InputStream;
import java.util.List;

/** Access to deployed decision tables. */
interface DecisionTableSource {

	/** Returns the newest version of each table, of each tenant and shared. */
	List<DeployedDecisionTable> newest();

	/** Opens the DMN file of one version; the caller closes it. */
	InputStream model(DeployedDecisionTable table);

}
