package io.waypost.audience;

import io.waypost.access.Caller;
import io.waypost.access.InvalidRequest;
import io.waypost.access.Right;

import org.springframework.stereotype.Component;

/**
 * Where people work on segments: whom words would reach, new versions, approvals.
 */
@Component
public class SegmentDesk {

	private final Segments segments;

	SegmentDesk(Segments segments) {
		this.segments = segments;
	}

	/**
	 * Tells whom a definition reaches now, as it is being written. Nothing is kept.
	 * @param caller an editor
	 * @param body only its definition counts
	 * @return counts and a sample
	 * @throws InvalidRequest naming the place that makes no sense and what was expected;
	 * a 403 for who is no editor
	 */
	public Preview preview(Caller caller, SegmentBody body) {
		Right.CHANGE_SEGMENTS.require(caller);
		return this.segments.preview(caller.tenant(), body.requireDefinition());
	}

	/**
	 * Adds a version; {@link #approve} puts it in force.
	 * @param caller an editor, who answers for it when the body names nobody
	 * @param body what it should be
	 * @return the version with its number
	 * @throws InvalidRequest naming what is wrong with it; a 403 for who is no editor
	 */
	public Segment add(Caller caller, SegmentBody body) {
		Right.CHANGE_SEGMENTS.require(caller);
		return this.segments.add(caller.tenant(), actor(caller), body.toDraft(caller.name()));
	}

	/**
	 * Puts a version in force, also an older one, in place of the one that was.
	 * @param caller an editor
	 * @param name canonical name
	 * @param version which
	 * @return the version in force
	 * @throws InvalidRequest a 404 when there is no such version, a 403 for who is no
	 * editor
	 */
	public Segment approve(Caller caller, String name, int version) {
		Right.CHANGE_SEGMENTS.require(caller);
		return this.segments.approve(caller.tenant(), actor(caller), name, version)
			.orElseThrow(() -> InvalidRequest
				.notFound("There is no version %d of segment '%s'; GET /api/v1/segments lists them".formatted(version,
						name)));
	}

	private static String actor(Caller caller) {
		return "user:" + caller.name();
	}

}
