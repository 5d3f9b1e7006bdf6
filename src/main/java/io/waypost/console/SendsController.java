package io.waypost.console;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import io.waypost.access.Caller;
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

/** Lists messages; the filter lives in the address, so that a link shows what one saw. */
@Controller
class SendsController {

	private static final int ROWS = 50;

	private final SendLists sends;

	private final People people;

	private final Journeys journeys;

	private final Words words;

	SendsController(SendLists sends, People people, Journeys journeys, Words words) {
		this.sends = sends;
		this.people = people;
		this.journeys = journeys;
		this.words = words;
	}

	@GetMapping("/sends")
	String list(@AuthenticationPrincipal Caller caller, @RequestParam(defaultValue = "") String status,
			@RequestParam(defaultValue = "") String journey, @RequestParam(defaultValue = "") String userId,
			@RequestParam(required = false) @Nullable UUID campaign,
			@RequestParam(required = false) @Nullable String cursor, Model model) {
		Optional<ProfileId> profile = this.people.find(caller.tenant(), userId);
		Page<SendRow> page = (!userId.isBlank() && profile.isEmpty()) ? new Page<>(List.of(), null)
				: this.sends.page(caller.tenant(),
						new SendFilter(profile.orElse(null), (campaign != null) ? new JourneyRunId(campaign) : null,
								status(status), journey.isBlank() ? null : journey),
						ROWS, cursor);
		model.addAttribute("filter",
				new Filter(status, journey, (campaign != null) ? campaign.toString() : "", userId));
		model.addAttribute("statuses", this.words.statuses());
		model.addAttribute("journeys",
				this.journeys.definitions(caller.tenant()).stream().map(JourneyDefinition::key).toList());
		model.addAttribute("page", new Rows(page.items(), page.nextCursor()));
		return "console/sends";
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

	/** What is looked for. */
	record Filter(String status, String journey, String campaign, String userId) {

		public boolean isAny() {
			return !(this.status.isBlank() && this.journey.isBlank() && this.campaign.isBlank()
					&& this.userId.isBlank());
		}

	}

	/** One page of the list. */
	record Rows(List<SendRow> rows, @Nullable String next) {

	}

}
