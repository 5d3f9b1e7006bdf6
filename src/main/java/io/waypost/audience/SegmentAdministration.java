package io.waypost.audience;

import java.util.List;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequest;
import io.waypost.access.Role;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Where people work on segments: whom words would reach, new versions, approvals,
 * retirement.
 */
@Component
public class SegmentAdministration {

	private final Segments segments;

	private final AudienceSettings settings;

	SegmentAdministration(Segments segments, AudienceSettings settings) {
		this.segments = segments;
		this.settings = settings;
	}

	/**
	 * Tells whom a definition reaches now, as it is being written. Nothing is kept.
	 * @param caller an editor
	 * @param body only its definition counts
	 * @return counts and a sample
	 * @throws InvalidRequest naming the place that makes no sense and what was expected;
	 * a 403 for who is no editor
	 */
	public SegmentPreview preview(Caller caller, SegmentRequest body) {
		AccessRight.CHANGE_SEGMENTS.require(caller);
		return this.segments.preview(caller.tenant(), body.requireDefinition());
	}

	/**
	 * Adds a version; {@link #approve} puts it in force.
	 * @param caller an editor, who answers for it when the body names nobody
	 * @param body what it should be
	 * @return the version with its number
	 * @throws InvalidRequest naming what is wrong with it; a 403 for who is no editor
	 */
	public Segment add(Caller caller, SegmentRequest body) {
		AccessRight.CHANGE_SEGMENTS.require(caller);
		return this.segments.add(caller.tenant(), actor(caller), body.toDraft(caller.name()));
	}

	/**
	 * Whether two pairs of eyes have seen a version once somebody approves it: who wrote
	 * it leaves that to another editor, unless they are an administrator or the setting
	 * {@code waypost.audience.own-approval} lets them.
	 * @param caller who would approve it
	 * @param version what they would approve
	 * @return whether nothing is against it
	 */
	public boolean mayApprove(Caller caller, Segment version) {
		return this.settings.ownApproval() || caller.roles().contains(Role.ADMIN)
				|| !version.createdBy().equals(actor(caller));
	}

	/**
	 * Puts a version in force, also an older one, in place of the one that was. A segment
	 * that was retired is not any more.
	 * @param caller an editor, another one than wrote the version
	 * @param name canonical name
	 * @param version which
	 * @return the version in force
	 * @throws InvalidRequest a 404 when there is no such version, a 403 for who is no
	 * editor or {@linkplain #mayApprove wrote it}
	 */
	public Segment approve(Caller caller, String name, int version) {
		AccessRight.CHANGE_SEGMENTS.require(caller);
		Segment wanted = this.segments.find(caller.tenant(), name, version).orElseThrow(() -> unknown(name, version));
		if (!mayApprove(caller, wanted)) {
			throw new InvalidRequest(HttpStatus.FORBIDDEN,
					"'%s' wrote version %d of segment '%s'; another editor or an administrator approves it"
						.formatted(caller.name(), version, name),
					List.of());
		}
		return this.segments.approve(caller.tenant(), actor(caller), name, version)
			.orElseThrow(() -> unknown(name, version));
	}

	/**
	 * Retires a segment: nothing new may use it. Campaigns that were launched go on, and
	 * the glossary keeps it. To approve a version takes it back.
	 * @param caller an editor
	 * @param name canonical name
	 * @return the version in force, else the newest
	 * @throws InvalidRequest a 404 when there is no such segment, a 409 as long as others
	 * in force refer to it, a 403 for who is no editor
	 */
	public Segment retire(Caller caller, String name) {
		AccessRight.CHANGE_SEGMENTS.require(caller);
		return this.segments.retire(caller.tenant(), actor(caller), name)
			.orElseThrow(() -> InvalidRequest
				.notFound("There is no segment '%s'; GET /api/v1/segments lists them".formatted(name)));
	}

	private static InvalidRequest unknown(String name, int version) {
		return InvalidRequest.notFound(
				"There is no version %d of segment '%s'; GET /api/v1/segments lists them".formatted(version, name));
	}

	private static String actor(Caller caller) {
		return "user:" + caller.name();
	}

}
