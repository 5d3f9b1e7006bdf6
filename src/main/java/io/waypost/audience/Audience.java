package io.waypost.audience;

import java.time.Instant;
import java.util.Map;

/**
 * The members of a segment at one moment, numbered from 1: first a random sample, then
 * the others in the order of their ids.
 *
 * @param id id of the audience
 * @param segment name of the segment
 * @param version version of the segment
 * @param definition definition at that time, in canonical form
 * @param versions version of the segment and of every segment it refers to, directly or
 * indirectly
 * @param asOf time from which windows and ages were counted back
 * @param size number of members when it was frozen
 * @param frozenAt when it was frozen
 */
public record Audience(AudienceId id, String segment, int version, String definition, Map<String, Integer> versions,
		Instant asOf, int size, Instant frozenAt) {

	public Audience {
		versions = Map.copyOf(versions);
	}

}
