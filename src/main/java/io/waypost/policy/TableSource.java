package io.waypost.policy;

import java.io.InputStream;
import java.util.List;

/** Where decision tables are deployed. */
interface TableSource {

	/** The newest version of each table. */
	List<DeployedTable> newest();

	/** The DMN file of one version; the caller closes it. */
	InputStream model(DeployedTable table);

}
