package io.waypost.policy;

import org.jspecify.annotations.Nullable;

/**
 * The newest deployed version of a decision table.
 *
 * @param tenant tenant that deployed it, null for a table that all tenants share
 * @param key decision key, for example {@code consent}
 * @param name name of the table, may be null
 * @param version increases with every deployment
 * @param versionTag version tag of the author, may be null
 * @param definitionId the engine's id of this version
 */
record DeployedDecisionTable(@Nullable String tenant, String key, @Nullable String name, int version,
		@Nullable String versionTag, String definitionId) {

}
