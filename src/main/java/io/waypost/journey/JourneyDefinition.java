package io.waypost.journey;

import org.jspecify.annotations.Nullable;

/**
 * The newest deployed version of a journey.
 *
 * @param id the engine's id of this version
 * @param key process key, the same for all versions
 * @param name as the analyst wrote it
 * @param version grows with every deployment
 * @param versionTag the analyst's own version, may be null
 * @param running how many instances of the tenant are running, in all versions, including
 * instances that other processes called
 */
public record JourneyDefinition(String id, String key, String name, int version, @Nullable String versionTag,
		long running) {

}
