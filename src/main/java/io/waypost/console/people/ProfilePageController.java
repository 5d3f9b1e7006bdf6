package io.waypost.console.people;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.waypost.access.Caller;
import io.waypost.consent.Consent;
import io.waypost.consent.ConsentStatus;
import io.waypost.consent.Consents;
import io.waypost.console.FeatureFormat;
import io.waypost.console.LabelledValue;
import io.waypost.console.Labels;
import io.waypost.console.ProfileLookup;
import io.waypost.console.messages.SendListAssembler;
import io.waypost.feature.FeatureStore;
import io.waypost.feature.Features;
import io.waypost.identity.ContactDetails;
import io.waypost.identity.Profile;
import io.waypost.identity.Profiles;
import io.waypost.ingestion.Event;
import io.waypost.ingestion.EventLog;
import io.waypost.kernel.Page;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriComponentsBuilder;

/** Shows what is known of one person. */
@Controller
class ProfilePageController {

	private static final int EVENTS = 40;

	private final ProfileLookup people;

	private final Profiles profiles;

	private final Consents consents;

	private final FeatureStore features;

	private final EventLog events;

	private final SendListAssembler sends;

	ProfilePageController(ProfileLookup people, Profiles profiles, Consents consents, FeatureStore features,
			EventLog events, SendListAssembler sends) {
		this.people = people;
		this.profiles = profiles;
		this.consents = consents;
		this.features = features;
		this.events = events;
		this.sends = sends;
	}

	@GetMapping("/people")
	String find(@AuthenticationPrincipal Caller caller,
			@RequestParam(name = "q", required = false) @Nullable String query, Model model) {
		Optional<String> found = (query == null) ? Optional.empty() : this.people.find(caller.tenant(), query)
			.map((profile) -> this.people.userIds(caller.tenant(), Set.of(profile)).getOrDefault(profile, query));
		if (found.isPresent()) {
			return "redirect:" + UriComponentsBuilder.fromPath("/people/{id}").build(found.get());
		}
		model.addAttribute("query", query);
		return "console/people";
	}

	@GetMapping("/people/{userId}")
	String show(@AuthenticationPrincipal Caller caller, @PathVariable String userId,
			@RequestParam(required = false) @Nullable String cursor, Model model) {
		ProfileId profile = this.people.find(caller.tenant(), userId)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
		model.addAttribute("person", view(caller.tenant(), profile, userId, cursor));
		return "console/person";
	}

	private ProfilePageView view(TenantId tenant, ProfileId profile, String userId, @Nullable String cursor) {
		ContactDetails person = this.people.open(tenant, profile)
			.orElse(new ContactDetails(userId, null, null, null, null));
		Features features = this.features.online(tenant, profile);
		Page<Event> page = this.events.of(tenant, profile, EVENTS, cursor);
		return new ProfilePageView(userId, name(person, userId), summary(features), facts(tenant, profile, person),
				this.consents.of(tenant, profile).stream().map(ProfilePageController::row).toList(),
				page.items().stream().map(EventSummary::of).toList(), page.nextCursor(), FeatureFormat.rows(features),
				this.sends.of(tenant, profile));
	}

	private List<LabelledValue> facts(TenantId tenant, ProfileId profile, ContactDetails person) {
		List<LabelledValue> facts = new ArrayList<>();
		if (person.email() != null) {
			facts.add(LabelledValue.text("E-mail", person.email().value()));
		}
		Profile known = this.profiles.read(tenant, Set.of(profile)).get(profile);
		if (known != null) {
			add(facts, "Country", known.country());
			add(facts, "Language", known.locale());
			add(facts, "Time zone", known.timeZone());
			facts.add(LabelledValue.time("First seen", known.createdAt()));
		}
		facts.add(LabelledValue.id("Profile", profile.toString()));
		return facts;
	}

	private static void add(List<LabelledValue> facts, String name, @Nullable String value) {
		if (value != null) {
			facts.add(LabelledValue.text(name, value));
		}
	}

	private static String name(ContactDetails person, String userId) {
		String first = (person.firstName() != null) ? person.firstName() : "";
		String last = (person.lastName() != null) ? person.lastName() : "";
		String name = (first + " " + last).strip();
		return name.isEmpty() ? userId : name;
	}

	private static String summary(Features features) {
		return "%s · %d %s · engagement %d of 100".formatted(Labels.humanise(features.lifecycleStage().name()),
				features.orderCount(), (features.orderCount() == 1) ? "order" : "orders", features.engagementScore());
	}

	private static ProfilePageView.ConsentRow row(Consent consent) {
		String text = consent.evidence().text();
		String proof = source(consent.evidence().source()) + ((text != null) ? ": “" + text + "”" : "")
				+ ((consent.basis() != null) ? " · basis " + Labels.humanise(consent.basis()) : "") + " · version "
				+ consent.version();
		return new ProfilePageView.ConsentRow(consent.topic(), Labels.humanise(consent.status().name()),
				(consent.status() == ConsentStatus.GRANTED) ? "good" : "held", proof, consent.at());
	}

	/** An event is named by its id, which is not a word. */
	private static String source(String source) {
		return source.startsWith("event:") ? "Event " + source.substring("event:".length()) : Labels.humanise(source);
	}

}
