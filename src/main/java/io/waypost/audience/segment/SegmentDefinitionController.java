package io.waypost.audience.segment;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.swagger.v3.oas.annotations.Operation;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.NothingStored;
import io.waypost.access.Requires;
import io.waypost.audience.Segment;
import io.waypost.audience.SegmentAdministration;
import io.waypost.audience.SegmentPreview;
import io.waypost.audience.SegmentRequest;
import io.waypost.audience.Segments;
import io.waypost.audience.projection.ProjectionBackfill;
import io.waypost.identity.ContactDetails;
import io.waypost.identity.Vault;
import io.waypost.kernel.Cursor;
import io.waypost.kernel.Page;
import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** REST API of segments: versions, approval, preview. */
@RestController
@RequestMapping("/api/v1/segments")
@Requires(AccessRight.READ_SEGMENTS)
class SegmentDefinitionController {

	private final Segments segments;

	private final SegmentAdministration administration;

	private final Vault vault;

	private final ProjectionBackfill backfill;

	SegmentDefinitionController(Segments segments, SegmentAdministration administration, Vault vault,
			ProjectionBackfill backfill) {
		this.segments = segments;
		this.administration = administration;
		this.vault = vault;
		this.backfill = backfill;
	}

	/** A version of a segment. */
	record SegmentItem(String id, String name, int version, String description, String owner, String definition,
			boolean live, @Nullable String approvedBy, @Nullable Instant approvedAt, String createdBy,
			Instant createdAt, @Nullable Instant retiredAt) {

		static SegmentItem of(Segment segment) {
			return new SegmentItem(segment.name(), segment.name(), segment.version(), segment.description(),
					segment.owner(), segment.definition(), segment.live(), segment.approvedBy(), segment.approvedAt(),
					segment.createdBy(), segment.createdAt(), segment.retiredAt());
		}

	}

	/** A profile in a sample, with the user id of the source. */
	record SampledProfile(String profileId, @Nullable String userId) {

	}

	/** Estimated reach of a definition. */
	record SegmentReach(String definition, long size, long people, List<SampledProfile> sample,
			List<SegmentPreview.ConditionSize> conditions, List<String> hints, Instant readAt) {

	}

	@GetMapping
	Page<SegmentItem> list(@AuthenticationPrincipal Caller caller, @RequestParam(defaultValue = "100") int limit,
			@RequestParam(required = false) @Nullable String cursor) {
		Optional<Cursor> after = Cursor.decode(cursor, 2);
		int size = Cursor.limit(limit);
		List<SegmentItem> items = this.segments
			.list(caller.tenant(), after.map((at) -> at.text(0)).orElse(""),
					after.map((at) -> at.number(1)).orElse(Integer.MAX_VALUE), size + 1)
			.stream()
			.map(SegmentItem::of)
			.toList();
		return Cursor.page(items, size, (item) -> Cursor.of(item.name(), item.version()));
	}

	@GetMapping("/{name}")
	SegmentItem get(@AuthenticationPrincipal Caller caller, @PathVariable String name) {
		return this.segments.find(caller.tenant(), name)
			.map(SegmentItem::of)
			.orElseThrow(() -> InvalidRequestException
				.notFound("Segment '%s' does not exist; GET /api/v1/segments lists all segments".formatted(name)));
	}

	@PostMapping
	@Requires(AccessRight.CHANGE_SEGMENTS)
	@ResponseStatus(HttpStatus.CREATED)
	SegmentItem add(@AuthenticationPrincipal Caller caller, @RequestBody SegmentRequest request) {
		return SegmentItem.of(this.administration.add(caller, request));
	}

	@PostMapping("/{name}/versions/{version}/approve")
	@Requires(AccessRight.CHANGE_SEGMENTS)
	@Operation(summary = "Approve a version",
			description = "Makes the version live in place of the current one. Its author cannot approve it, unless they "
					+ "are an administrator or waypost.audience.allow-self-approval is set. A retired segment becomes usable "
					+ "again. Approving the live version again does not change who approved it.")
	SegmentItem approve(@AuthenticationPrincipal Caller caller, @PathVariable String name, @PathVariable int version) {
		return SegmentItem.of(this.administration.approve(caller, name, version));
	}

	@PostMapping("/{name}/retire")
	@Requires(AccessRight.CHANGE_SEGMENTS)
	@Operation(summary = "Retire a segment",
			description = "New campaigns and segments cannot use it; launched campaigns continue. 409 while live segments "
					+ "refer to it.")
	SegmentItem retire(@AuthenticationPrincipal Caller caller, @PathVariable String name) {
		return SegmentItem.of(this.administration.retire(caller, name));
	}

	@PostMapping("/preview")
	@NothingStored
	@Requires(AccessRight.CHANGE_SEGMENTS)
	SegmentReach preview(@AuthenticationPrincipal Caller caller, @RequestBody SegmentRequest request) {
		SegmentPreview preview = this.administration.preview(caller, request);
		Map<ProfileId, ContactDetails> people = this.vault.open(caller.tenant(), preview.sample());
		List<SampledProfile> sample = preview.sample().stream().map((profile) -> {
			ContactDetails person = people.get(profile);
			return new SampledProfile(profile.toString(), (person != null) ? person.userId() : null);
		}).toList();
		return new SegmentReach(preview.definition(), preview.size(), preview.people(), sample, preview.conditions(),
				preview.hints(), preview.readAt());
	}

	@PostMapping("/rebuild")
	@Requires(AccessRight.REBUILD_SEGMENT_DATA)
	@ResponseStatus(HttpStatus.ACCEPTED)
	void rebuild(@AuthenticationPrincipal Caller caller) {
		this.backfill.restart();
	}

}
