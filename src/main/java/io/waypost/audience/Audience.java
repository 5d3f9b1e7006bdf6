package io.waypost.audience;

import java.time.Instant;
import java.util.Map;

/**
 * The people a segment had at one moment, numbered from 1: first those who were drawn to
 * stand for all, then the others in the order of their ids.
 *
 * @param id its name
 * @param segment canonical name of the segment
 * @param version of the segment
 * @param definition what was asked, in canonical form, as it was then
 * @param versions every segment the definition refers to, directly or not, and itself,
 * with the version that answered
 * @param asOf the moment that windows and ages were counted back from
 * @param size how many people it was frozen with
 * @param frozenAt when
 */
public record Audience(AudienceId id, String segment, int version, String definition, Map<String, Integer> versions,
		Instant asOf, int size, Instant frozenAt) {

	public Audience {
		versions = Map.copyOf(versions);
	}

}
