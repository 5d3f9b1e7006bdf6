package io.waypost.ingestion.http;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Requires;
import io.waypost.identity.Identifier;
import io.waypost.identity.Profiles;
import io.waypost.identity.UserIdSegment;
import io.waypost.ingestion.Event;
import io.waypost.ingestion.EventLog;
import io.waypost.ingestion.EventView;
import io.waypost.kernel.Page;
import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists the events of a profile. */
@RestController
@Requires(AccessRight.READ_PROFILES)
class ProfileEventsController {

	private final Profiles profiles;

	private final EventLog log;

	ProfileEventsController(Profiles profiles, EventLog log) {
		this.profiles = profiles;
		this.log = log;
	}

	@GetMapping("/api/v1/profiles/{userId}/events")
	Page<EventView> events(@AuthenticationPrincipal Caller caller, @PathVariable String userId,
			@RequestParam(defaultValue = "50") int limit, @RequestParam(required = false) @Nullable String cursor) {
		ProfileId profile = this.profiles
			.find(caller.tenant(), new Identifier(Identifier.Type.USER_ID, UserIdSegment.read(userId)))
			.orElseThrow(() -> InvalidRequestException
				.notFound("No profile has this userId; a profile is created by the first event or import"));
		Page<Event> page = this.log.of(caller.tenant(), profile, limit, cursor);
		return new Page<>(page.items().stream().map(EventView::of).toList(), page.nextCursor());
	}

}
