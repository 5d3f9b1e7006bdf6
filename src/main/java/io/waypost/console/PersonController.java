package io.waypost.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.waypost.access.Caller;
import io.waypost.consent.Consent;
import io.waypost.consent.ConsentStatus;
import io.waypost.consent.Consents;
import io.waypost.feature.FeatureStore;
import io.waypost.feature.Features;
import io.waypost.identity.Person;
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
class PersonController {

	private static final int EVENTS = 40;

	private final People people;

	private final Profiles profiles;

	private final Consents consents;

	private final FeatureStore features;

	private final EventLog events;

	private final SendLists sends;

	PersonController(People people, Profiles profiles, Consents consents, FeatureStore features, EventLog events,
			SendLists sends) {
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

	private PersonView view(TenantId tenant, ProfileId profile, String userId, @Nullable String cursor) {
		Person person = this.people.open(tenant, profile).orElse(new Person(userId, null, null, null, null));
		Features features = this.features.online(tenant, profile);
		Page<Event> page = this.events.of(tenant, profile, EVENTS, cursor);
		return new PersonView(userId, name(person, userId), summary(features), facts(tenant, profile, person),
				this.consents.of(tenant, profile).stream().map(PersonController::row).toList(),
				page.items().stream().map(EventWords::of).toList(), page.nextCursor(), FeatureWords.rows(features),
				this.sends.of(tenant, profile));
	}

	private List<Fact> facts(TenantId tenant, ProfileId profile, Person person) {
		List<Fact> facts = new ArrayList<>();
		if (person.email() != null) {
			facts.add(Fact.text("E-mail", person.email().value()));
		}
		Profile known = this.profiles.read(tenant, Set.of(profile)).get(profile);
		if (known != null) {
			add(facts, "Country", known.country());
			add(facts, "Language", known.locale());
			add(facts, "Time zone", known.timeZone());
			facts.add(Fact.time("First seen", known.createdAt()));
		}
		facts.add(Fact.id("Profile", profile.toString()));
		return facts;
	}

	private static void add(List<Fact> facts, String name, @Nullable String value) {
		if (value != null) {
			facts.add(Fact.text(name, value));
		}
	}

	private static String name(Person person, String userId) {
		String first = (person.firstName() != null) ? person.firstName() : "";
		String last = (person.lastName() != null) ? person.lastName() : "";
		String name = (first + " " + last).strip();
		return name.isEmpty() ? userId : name;
	}

	private static String summary(Features features) {
		return "%s · %d %s · engagement %d of 100".formatted(Words.readable(features.lifecycleStage().name()),
				features.orderCount(), (features.orderCount() == 1) ? "order" : "orders", features.engagementScore());
	}

	private static PersonView.ConsentRow row(Consent consent) {
		String text = consent.evidence().text();
		String proof = source(consent.evidence().source()) + ((text != null) ? ": “" + text + "”" : "")
				+ ((consent.basis() != null) ? " · basis " + Words.readable(consent.basis()) : "") + " · version "
				+ consent.version();
		return new PersonView.ConsentRow(consent.topic(), Words.readable(consent.status().name()),
				(consent.status() == ConsentStatus.GRANTED) ? "good" : "held", proof, consent.at());
	}

	/** An event is named by its id, which is not a word. */
	private static String source(String source) {
		return source.startsWith("event:") ? "Event " + source.substring("event:".length()) : Words.readable(source);
	}

}
