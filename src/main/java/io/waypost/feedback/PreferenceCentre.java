package io.waypost.feedback;

import java.text.MessageFormat;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeMap;

import io.waypost.access.InvalidRequestException;
import io.waypost.consent.Consent;
import io.waypost.consent.ConsentChange;
import io.waypost.consent.ConsentEvidence;
import io.waypost.consent.ConsentStatus;
import io.waypost.consent.Consents;
import io.waypost.consent.Topic;
import io.waypost.consent.Topics;
import io.waypost.content.BrandKit;
import io.waypost.content.BrandKitRepository;
import io.waypost.delivery.JourneySends;
import io.waypost.delivery.SendDetails;
import io.waypost.delivery.tracking.LinkTarget;
import io.waypost.delivery.tracking.SendEvent;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Unsubscribes and changes of preferences by recipients. The signed link of a message
 * authorises them.
 */
@Component
class PreferenceCentre {

	private static final String BUNDLE = "io.waypost.feedback.preferences";

	private static final String TEXT_VERSION = "preferences-3";

	private static final String ACTOR = "recipient";

	private final JourneySends sends;

	private final Consents consents;

	private final Topics topics;

	private final BrandKitRepository brands;

	private final FeedbackEventProcessor processor;

	private final Clock clock;

	PreferenceCentre(JourneySends sends, Consents consents, Topics topics, BrandKitRepository brands,
			FeedbackEventProcessor processor, Clock clock) {
		this.sends = sends;
		this.consents = consents;
		this.topics = topics;
		this.brands = brands;
		this.processor = processor;
		this.clock = clock;
	}

	/**
	 * Revokes the consent for the topic of a message at once. Repeating it changes
	 * nothing.
	 * @param target a verified link
	 */
	@Transactional
	void unsubscribe(LinkTarget target) {
		SendDetails stored = require(target);
		ConsentStatus now = statuses(target, stored).get(stored.send().topic());
		if (now != ConsentStatus.REVOKED) {
			Instant at = this.clock.instant();
			this.processor.process(
					List.of(new SendEvent(target.send(), SendEvent.Type.UNSUBSCRIBED, at, null, false, null)),
					Map.of());
		}
	}

	/**
	 * Saves the selected topics. Records only answers that differ from the current
	 * consents. Deselecting the topic of the message is recorded as an unsubscribe of
	 * that message.
	 * @param target a verified link
	 * @param shown keys of the topics on the page
	 * @param granted keys of the selected topics
	 * @param ip address of the request
	 */
	@Transactional
	void save(LinkTarget target, List<String> shown, List<String> granted, String ip) {
		SendDetails stored = require(target);
		Map<String, ConsentStatus> now = statuses(target, stored);
		Set<String> ticked = new HashSet<>(granted);
		List<ConsentChange> changes = new ArrayList<>();
		for (Topic topic : choosable(target)) {
			boolean wanted = ticked.contains(topic.key());
			boolean had = now.get(topic.key()) == ConsentStatus.GRANTED;
			if (shown.contains(topic.key()) && had && !wanted && topic.key().equals(stored.send().topic())) {
				unsubscribe(target);
			}
			else if (shown.contains(topic.key()) && wanted != had) {
				ConsentEvidence evidence = new ConsentEvidence("preference centre",
						topic.name() + ": " + topic.description(), TEXT_VERSION, ip, this.clock.instant());
				changes.add(new ConsentChange(stored.send().profile(), topic.key(),
						wanted ? ConsentStatus.GRANTED : ConsentStatus.REVOKED, null, evidence));
			}
		}
		this.consents.record(target.tenant(), ACTOR, changes);
	}

	/**
	 * Builds the page; reads only.
	 * @param target a verified link
	 * @param browser fallback language
	 * @return the page
	 */
	PreferencePage page(LinkTarget target, Locale browser) {
		SendDetails stored = require(target);
		BrandKit brand = this.brands.require(target.tenant());
		Locale locale = Optional.ofNullable(stored.draft())
			.map((draft) -> Locale.forLanguageTag(draft.locale()))
			.orElse(browser);
		Map<String, ConsentStatus> statuses = statuses(target, stored);
		Map<String, String> messages = messages(locale, brand.senderName());
		List<PreferencePage.TopicChoice> choices = choosable(target).stream()
			.map((topic) -> choice(topic, statuses.get(topic.key()) == ConsentStatus.GRANTED, messages))
			.toList();
		String about = stored.send().topic();
		String name = choices.stream()
			.filter((choice) -> choice.key().equals(about))
			.map(PreferencePage.TopicChoice::name)
			.findFirst()
			.orElse(about);
		return new PreferencePage(messages.getOrDefault("language", "en"), brand.senderName(), brand.accentColour(),
				name, statuses.get(about) == ConsentStatus.GRANTED, choices, messages);
	}

	private List<Topic> choosable(LinkTarget target) {
		return this.topics.of(target.tenant()).stream().filter((topic) -> !topic.transactional()).toList();
	}

	private static PreferencePage.TopicChoice choice(Topic topic, boolean granted, Map<String, String> messages) {
		return new PreferencePage.TopicChoice(topic.key(), messages.getOrDefault("topic." + topic.key(), topic.name()),
				messages.getOrDefault("topic." + topic.key() + ".description", topic.description()), granted);
	}

	private SendDetails require(LinkTarget target) {
		return this.sends.read(target.tenant(), List.of(target.send()))
			.stream()
			.findFirst()
			.orElseThrow(() -> InvalidRequestException
				.notFound("The message of this link no longer exists; contact the sender"));
	}

	private Map<String, ConsentStatus> statuses(LinkTarget target, SendDetails stored) {
		Map<String, ConsentStatus> statuses = new HashMap<>();
		for (Consent consent : this.consents.of(target.tenant(), stored.send().profile())) {
			statuses.put(consent.topic(), consent.status());
		}
		return statuses;
	}

	private static Map<String, String> messages(Locale locale, String sender) {
		ResourceBundle bundle = ResourceBundle.getBundle(BUNDLE, locale,
				ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
		Map<String, String> messages = new TreeMap<>();
		bundle.keySet()
			.forEach((key) -> messages.put(key,
					new MessageFormat(bundle.getString(key), locale).format(new Object[] { sender })));
		return messages;
	}

}
