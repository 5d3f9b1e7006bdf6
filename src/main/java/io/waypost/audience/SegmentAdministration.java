package io.waypost.audience;

import java.util.List;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Role;
import io.waypost.access.SecondPerson;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Segment management by users, with permission checks: preview, new versions, approval,
 * retirement.
 */
@Component
public class SegmentAdministration {

	private final Segments segments;

	private final AudienceSettings settings;

	private final SecondPerson persons;

	SegmentAdministration(Segments segments, AudienceSettings settings, SecondPerson persons) {
		this.segments = segments;
		this.settings = settings;
		this.persons = persons;
	}

	/**
	 * Estimates the reach of a definition. Nothing is stored.
	 * @param caller an editor
	 * @param request only its definition is used
	 * @return counts and a sample
	 * @throws InvalidRequestException with the position of a syntax error and what was
	 * expected; a 403 if the caller is not an editor
	 */
	public SegmentPreview preview(Caller caller, SegmentRequest request) {
		AccessRight.CHANGE_SEGMENTS.require(caller);
		return this.segments.preview(caller.tenant(), request.requireDefinition());
	}

	/**
	 * Adds a version. It has no effect until {@link #approve} makes it live.
	 * @param caller an editor; the owner if the request names none
	 * @param request the segment
	 * @return the version with its number
	 * @throws InvalidRequestException with what is invalid; a 403 if the caller is not an
	 * editor
	 */
	public Segment add(Caller caller, SegmentRequest request) {
		AccessRight.CHANGE_SEGMENTS.require(caller);
		return this.segments.add(caller.tenant(), caller.actor(), request.toDraft(caller.name()));
	}

	/**
	 * Whether a user may approve a version. Authors may not approve their own versions,
	 * neither with an API token of theirs, unless they are administrators or
	 * {@code waypost.audience.allow-self-approval} is set.
	 * @param caller the approver
	 * @param version the version
	 * @return true when approval is allowed
	 */
	public boolean mayApprove(Caller caller, Segment version) {
		return this.settings.allowSelfApproval() || caller.roles().contains(Role.ADMIN)
				|| this.persons.refusal(caller.tenant(), caller.actor(), version.createdBy()).isEmpty();
	}

	/**
	 * Makes a version live, which can be an older one, in place of the current one. This
	 * also ends the segment's retirement. The approval of a version that is live already
	 * does not change.
	 * @param caller an editor other than the author
	 * @param name name of the segment
	 * @param version number of the version
	 * @return the live version
	 * @throws InvalidRequestException a 404 if the version does not exist, a 403 if the
	 * caller is not an editor or {@linkplain #mayApprove may not approve it}
	 */
	public Segment approve(Caller caller, String name, int version) {
		AccessRight.CHANGE_SEGMENTS.require(caller);
		Segment requested = this.segments.find(caller.tenant(), name, version)
			.orElseThrow(() -> unknown(name, version));
		if (!mayApprove(caller, requested)) {
			throw new InvalidRequestException(HttpStatus.FORBIDDEN,
					"%s; another editor or an administrator has to approve it"
						.formatted(selfApproval(caller, requested)),
					List.of());
		}
		return this.segments.approve(caller.tenant(), caller.actor(), name, version)
			.orElseThrow(() -> unknown(name, version));
	}

	/**
	 * Retires a segment: new campaigns and segments cannot use it, launched campaigns
	 * continue. Approving one of its versions ends the retirement.
	 * @param caller an editor
	 * @param name name of the segment
	 * @return the live version, or the newest if none is live
	 * @throws InvalidRequestException a 404 if the segment does not exist, a 409 while
	 * live segments refer to it, a 403 if the caller is not an editor
	 */
	public Segment retire(Caller caller, String name) {
		AccessRight.CHANGE_SEGMENTS.require(caller);
		return this.segments.retire(caller.tenant(), caller.actor(), name)
			.orElseThrow(() -> InvalidRequestException
				.notFound("Segment '%s' does not exist; GET /api/v1/segments lists all segments".formatted(name)));
	}

	private String selfApproval(Caller caller, Segment version) {
		if (caller.actor().equals(version.createdBy())) {
			return "'%s' is the author of version %d of segment '%s'".formatted(caller.name(), version.version(),
					version.name());
		}
		return "Version %d of segment '%s' is not approved: %s".formatted(version.version(), version.name(),
				this.persons.refusal(caller.tenant(), caller.actor(), version.createdBy()).orElse(""));
	}

	private static InvalidRequestException unknown(String name, int version) {
		return InvalidRequestException.notFound(
				"Segment '%s' has no version %d; GET /api/v1/segments lists all versions".formatted(name, version));
	}

}
