package io.waypost.policy;

import org.jspecify.annotations.Nullable;

/**
 * The newest deployed version of a decision table.
 *
 * @param key decision key, for example {@code consent}
 * @param name as the analyst wrote it, may be null
 * @param version grows with every deployment
 * @param versionTag the analyst's own version, may be null
 * @param definitionId the engine's id of this version, for links to its picture
 */
record DeployedDecisionTable(String key, @Nullable String name, int version, @Nullable String versionTag,
		String definitionId) {

}
