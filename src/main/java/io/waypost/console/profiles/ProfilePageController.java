package io.waypost.console.profiles;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.Requires;
import io.waypost.consent.Consent;
import io.waypost.consent.ConsentStatus;
import io.waypost.consent.Consents;
import io.waypost.console.FeatureFormat;
import io.waypost.console.LabelledValue;
import io.waypost.console.Labels;
import io.waypost.console.PageNotFoundException;
import io.waypost.console.ProfileLookup;
import io.waypost.console.messages.SendListAssembler;
import io.waypost.feature.FeatureStore;
import io.waypost.feature.Features;
import io.waypost.identity.ContactDetails;
import io.waypost.identity.IdentifierMask;
import io.waypost.identity.Profile;
import io.waypost.identity.Profiles;
import io.waypost.identity.UserIdSegment;
import io.waypost.ingestion.Event;
import io.waypost.ingestion.EventLog;
import io.waypost.kernel.Page;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** Finds profiles and shows one profile. */
@Controller
@Requires(AccessRight.READ_PROFILES)
class ProfilePageController {

	private static final int EVENTS = 40;

	private final ProfileLookup people;

	private final Profiles profiles;

	private final Consents consents;

	private final FeatureStore features;

	private final EventLog events;

	private final SendListAssembler sends;

	private final EventSummary eventSummary;

	private final FeatureFormat featureFormat;

	private final Labels labels;

	ProfilePageController(ProfileLookup people, Profiles profiles, Consents consents, FeatureStore features,
			EventLog events, SendListAssembler sends, EventSummary eventSummary, FeatureFormat featureFormat,
			Labels labels) {
		this.people = people;
		this.profiles = profiles;
		this.consents = consents;
		this.features = features;
		this.events = events;
		this.sends = sends;
		this.eventSummary = eventSummary;
		this.featureFormat = featureFormat;
		this.labels = labels;
	}

	@GetMapping("/profiles")
	String find(@AuthenticationPrincipal Caller caller,
			@RequestParam(name = "q", required = false) @Nullable String query, Model model) {
		Optional<String> found = (query == null) ? Optional.empty() : this.people.find(caller.tenant(), query)
			.map((profile) -> this.people.userIds(caller.tenant(), Set.of(profile)).getOrDefault(profile, query));
		if (found.isPresent()) {
			return "redirect:" + UriComponentsBuilder.fromPath("/profiles/{id}").build(UserIdSegment.of(found.get()));
		}
		model.addAttribute("query", query);
		return "console/profiles";
	}

	@GetMapping("/profiles/{userId}")
	String show(@AuthenticationPrincipal Caller caller, @PathVariable("userId") String segment,
			@RequestParam(required = false) @Nullable String cursor, Model model) {
		String userId = UserIdSegment.read(segment);
		ProfileId profile = this.people.find(caller.tenant(), userId).orElseThrow(PageNotFoundException::new);
		model.addAttribute("profile", view(caller, profile, userId, cursor));
		return "console/profile";
	}

	private ProfilePageView view(Caller caller, ProfileId profile, String userId, @Nullable String cursor) {
		TenantId tenant = caller.tenant();
		ContactDetails person = this.people.open(tenant, profile)
			.map((found) -> IdentifierMask.apply(found, caller))
			.orElse(new ContactDetails(userId, null, null, null, null));
		Features features = this.features.online(tenant, profile);
		Page<Event> page = this.events.of(tenant, profile, EVENTS, cursor);
		return new ProfilePageView(userId, name(person, userId), summary(features), facts(tenant, profile, person),
				consents(caller, profile), page.items().stream().map(this.eventSummary::of).toList(), page.nextCursor(),
				this.featureFormat.rows(features), this.sends.of(tenant, profile));
	}

	private List<LabelledValue> facts(TenantId tenant, ProfileId profile, ContactDetails person) {
		List<LabelledValue> facts = new ArrayList<>();
		if (person.email() != null) {
			facts.add(LabelledValue.text(this.labels.text("profile.email"), person.email().value()));
		}
		Profile known = this.profiles.read(tenant, Set.of(profile)).get(profile);
		if (known != null) {
			add(facts, this.labels.text("profile.country"), known.country());
			add(facts, this.labels.text("template.language"), known.locale());
			add(facts, this.labels.text("profile.timeZone"), known.timeZone());
			facts.add(LabelledValue.time(this.labels.text("profile.firstSeen"), known.createdAt()));
		}
		facts.add(LabelledValue.id(this.labels.text("profile.id"), profile.toString()));
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

	private String summary(Features features) {
		return this.labels.text("profile.summary", this.labels.code(features.lifecycleStage().name()),
				features.orderCount(), features.engagementScore());
	}

	private List<ProfilePageView.ConsentRow> consents(Caller caller, ProfileId profile) {
		ContactDetails person = this.people.open(caller.tenant(), profile).orElse(null);
		UnaryOperator<String> mask = (text) -> IdentifierMask.text(text, person, caller);
		return this.consents.of(caller.tenant(), profile).stream().map((consent) -> row(consent, mask)).toList();
	}

	private ProfilePageView.ConsentRow row(Consent consent, UnaryOperator<String> mask) {
		String evidence = consent.evidence().source().startsWith(Consents.ADDRESS_SOURCE)
				? this.labels.text("profile.consent.address",
						consent.evidence().source().substring(Consents.ADDRESS_SOURCE.length()))
				: evidence(consent, mask);
		return new ProfilePageView.ConsentRow(consent.topic(), this.labels.code(consent.status().name()),
				(consent.status() == ConsentStatus.GRANTED) ? "good" : "held", evidence, consent.at());
	}

	private String evidence(Consent consent, UnaryOperator<String> mask) {
		@Nullable String stored = consent.evidence().text();
		@Nullable String text = (stored != null) ? mask.apply(stored) : null;
		return mask.apply(source(consent.evidence().source())) + ((text != null) ? ": “" + text + "”" : "")
				+ ((consent.basis() != null)
						? " · " + this.labels.text("profile.consent.basis") + " " + Labels.humanise(consent.basis())
						: "")
				+ " · " + this.labels.text("version", consent.version());
	}

	/** An event source contains the event's id, which is not humanised. */
	private String source(String source) {
		return source.startsWith("event:")
				? this.labels.text("profile.consent.event") + " " + source.substring("event:".length())
				: Labels.humanise(source);
	}

}
