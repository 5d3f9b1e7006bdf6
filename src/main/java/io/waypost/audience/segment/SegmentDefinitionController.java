package io.waypost.audience.segment;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.swagger.v3.oas.annotations.Operation;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequest;
import io.waypost.audience.Segment;
import io.waypost.audience.SegmentAdministration;
import io.waypost.audience.SegmentPreview;
import io.waypost.audience.SegmentRequest;
import io.waypost.audience.Segments;
import io.waypost.audience.projection.ProjectionBackfill;
import io.waypost.identity.ContactDetails;
import io.waypost.identity.Vault;
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

/** The shared glossary of segments, and whom a definition reaches. */
@RestController
@RequestMapping("/api/v1/segments")
class SegmentDefinitionController {

	private static final int MOST = 500;

	private final Segments segments;

	private final SegmentAdministration desk;

	private final Vault vault;

	private final ProjectionBackfill backfill;

	SegmentDefinitionController(Segments segments, SegmentAdministration desk, Vault vault,
			ProjectionBackfill backfill) {
		this.segments = segments;
		this.desk = desk;
		this.vault = vault;
		this.backfill = backfill;
	}

	/** A version of a segment, as the API shows it. */
	record SegmentItem(String id, String name, int version, String description, String owner, String definition,
			boolean live, @Nullable String approvedBy, @Nullable Instant approvedAt, String createdBy,
			Instant createdAt, @Nullable Instant retiredAt) {

		static SegmentItem of(Segment segment) {
			return new SegmentItem(segment.name(), segment.name(), segment.version(), segment.description(),
					segment.owner(), segment.definition(), segment.live(), segment.approvedBy(), segment.approvedAt(),
					segment.createdBy(), segment.createdAt(), segment.retiredAt());
		}

	}

	/** Somebody in a sample: the source's id, as people see it. */
	record SampledProfile(String profileId, @Nullable String userId) {

	}

	/** Whom a definition reaches. */
	record SegmentReach(String definition, long size, long people, List<SampledProfile> sample,
			List<SegmentPreview.ConditionSize> conditions, List<String> hints, Instant readAt) {

	}

	@GetMapping
	Page<SegmentItem> list(@AuthenticationPrincipal Caller caller, @RequestParam(defaultValue = "100") int limit,
			@RequestParam(required = false) @Nullable String cursor) {
		int size = Math.clamp(limit, 1, MOST);
		Place after = Place.read(cursor);
		List<SegmentItem> found = this.segments.list(caller.tenant(), after.name(), after.version(), size + 1)
			.stream()
			.map(SegmentItem::of)
			.toList();
		if (found.size() <= size) {
			return new Page<>(found, null);
		}
		List<SegmentItem> shown = found.subList(0, size);
		return new Page<>(shown, new Place(shown.getLast().name(), shown.getLast().version()).toString());
	}

	@GetMapping("/{name}")
	SegmentItem get(@AuthenticationPrincipal Caller caller, @PathVariable String name) {
		return this.segments.find(caller.tenant(), name)
			.map(SegmentItem::of)
			.orElseThrow(() -> InvalidRequest
				.notFound("There is no segment '%s'; GET /api/v1/segments lists them".formatted(name)));
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	SegmentItem add(@AuthenticationPrincipal Caller caller, @RequestBody SegmentRequest body) {
		return SegmentItem.of(this.desk.add(caller, body));
	}

	@PostMapping("/{name}/versions/{version}/approve")
	@Operation(summary = "Put a version in force",
			description = "In place of the one that was. Who wrote it cannot, unless they are an administrator or "
					+ "waypost.audience.own-approval is set. A retired segment is in use again.")
	SegmentItem approve(@AuthenticationPrincipal Caller caller, @PathVariable String name, @PathVariable int version) {
		return SegmentItem.of(this.desk.approve(caller, name, version));
	}

	@PostMapping("/{name}/retire")
	@Operation(summary = "Retire a segment",
			description = "No new campaign or segment may use it; campaigns that were launched go on. 409 while other "
					+ "segments in force refer to it.")
	SegmentItem retire(@AuthenticationPrincipal Caller caller, @PathVariable String name) {
		return SegmentItem.of(this.desk.retire(caller, name));
	}

	@PostMapping("/preview")
	SegmentReach preview(@AuthenticationPrincipal Caller caller, @RequestBody SegmentRequest body) {
		SegmentPreview preview = this.desk.preview(caller, body);
		Map<ProfileId, ContactDetails> people = this.vault.open(caller.tenant(), preview.sample());
		List<SampledProfile> sample = preview.sample().stream().map((profile) -> {
			ContactDetails person = people.get(profile);
			return new SampledProfile(profile.toString(), (person != null) ? person.userId() : null);
		}).toList();
		return new SegmentReach(preview.definition(), preview.size(), preview.people(), sample, preview.conditions(),
				preview.hints(), preview.readAt());
	}

	@PostMapping("/rebuild")
	@ResponseStatus(HttpStatus.ACCEPTED)
	void rebuild(@AuthenticationPrincipal Caller caller) {
		AccessRight.REBUILD_ACTIVITIES.require(caller);
		this.backfill.restart();
	}

	/** Where the next page begins: behind this version. */
	private record Place(String name, int version) {

		static Place read(@Nullable String cursor) {
			if (cursor == null) {
				return new Place("", Integer.MAX_VALUE);
			}
			try {
				String clear = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
				int colon = clear.indexOf(':');
				return new Place(clear.substring(colon + 1), Integer.parseInt(clear.substring(0, colon)));
			}
			catch (IllegalArgumentException | StringIndexOutOfBoundsException malformed) {
				throw new InvalidRequest(HttpStatus.BAD_REQUEST,
						"cursor '%s' is not one that a page answered with; leave it out to begin anew"
							.formatted(cursor),
						List.of());
			}
		}

		@Override
		public String toString() {
			return Base64.getUrlEncoder()
				.withoutPadding()
				.encodeToString((this.version + ":" + this.name).getBytes(StandardCharsets.UTF_8));
		}

	}

}
