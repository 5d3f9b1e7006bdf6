package io.waypost.policy;

import java.io.InputStream;
import java.util.List;

/** Where decision tables are deployed. */
interface DecisionTableSource {

	/** The newest version of each table. */
	List<DeployedDecisionTable> newest();

	/** The DMN file of one version; the caller closes it. */
	InputStream model(DeployedDecisionTable table);

}
