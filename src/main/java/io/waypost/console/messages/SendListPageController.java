package io.waypost.console.messages;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.Requires;
import io.waypost.console.Labels;
import io.waypost.console.ProfileLookup;
import io.waypost.delivery.SendFilter;
import io.waypost.delivery.SendStatus;
import io.waypost.journey.JourneyDefinition;
import io.waypost.journey.Journeys;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.Page;
import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Lists messages. The filter is in the query string, so that links keep it. */
@Controller
@Requires(AccessRight.READ_SENDS)
class SendListPageController {

	private static final int ROWS = 50;

	private final SendListAssembler sends;

	private final ProfileLookup people;

	private final Journeys journeys;

	private final Labels labels;

	SendListPageController(SendListAssembler sends, ProfileLookup people, Journeys journeys, Labels labels) {
		this.sends = sends;
		this.people = people;
		this.journeys = journeys;
		this.labels = labels;
	}

	@GetMapping("/messages")
	String list(@AuthenticationPrincipal Caller caller, @RequestParam(defaultValue = "") String status,
			@RequestParam(defaultValue = "") String journey, @RequestParam(defaultValue = "") String userId,
			@RequestParam(required = false) @Nullable UUID campaign,
			@RequestParam(required = false) @Nullable String cursor, Model model) {
		Optional<ProfileId> profile = this.people.find(caller.tenant(), userId);
		Page<SendListItem> page = (!userId.isBlank() && profile.isEmpty()) ? new Page<>(List.of(), null)
				: this.sends.page(caller.tenant(),
						new SendFilter(profile.orElse(null), (campaign != null) ? new JourneyRunId(campaign) : null,
								status(status), journey.isBlank() ? null : journey),
						ROWS, cursor);
		model.addAttribute("filter",
				new FilterView(status, journey, (campaign != null) ? campaign.toString() : "", userId));
		model.addAttribute("statuses", this.labels.statuses());
		model.addAttribute("journeys",
				this.journeys.definitions(caller.tenant()).stream().map(JourneyDefinition::key).toList());
		model.addAttribute("page", new SendListPage(page.items(), page.nextCursor()));
		return "console/messages";
	}

	private static @Nullable SendStatus status(String code) {
		if (code.isBlank()) {
			return null;
		}
		try {
			return SendStatus.valueOf(code.toUpperCase(Locale.ROOT));
		}
		catch (IllegalArgumentException unknown) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "There is no status '%s'".formatted(code),
					unknown);
		}
	}

	/** The filter as entered. */
	record FilterView(String status, String journey, String campaign, String userId) {

		public boolean isAny() {
			return !(this.status.isBlank() && this.journey.isBlank() && this.campaign.isBlank()
					&& this.userId.isBlank());
		}

	}

	/** One page of the list. */
	record SendListPage(List<SendListItem> rows, @Nullable String next) {

	}

}
