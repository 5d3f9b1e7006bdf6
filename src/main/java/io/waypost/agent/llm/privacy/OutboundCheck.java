package io.waypost.agent.llm.privacy;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.agent.pii.PersonalDataDetector;
import io.waypost.agent.pii.PersonalDataEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks requests to language models for personal data: values with a notation of their
 * own, such as e-mail addresses, and the identities of the recipients. It finds them also
 * when they are escaped, split or in another case. It does not look for names of persons
 * that are no identity, because names of products look the same.
 */
public class OutboundCheck {

	private static final Logger log = LoggerFactory.getLogger(OutboundCheck.class);

	private final PersonalDataDetector detector;

	private final MeterRegistry meters;

	/**
	 * Makes a check.
	 * @param detector finds values with a notation of their own
	 * @param meters counts blocked requests
	 */
	public OutboundCheck(PersonalDataDetector detector, MeterRegistry meters) {
		this.detector = detector;
		this.meters = meters;
	}

	/**
	 * Refuses a text that contains personal data.
	 * @param text prompt, or body of a request as it is sent
	 * @param identities values that identify recipients
	 * @throws PersonalDataBlockedException when it contains some; counted as
	 * {@code waypost.model.blocked}
	 */
	public void check(String text, Set<String> identities) {
		found(text, identities).ifPresent((reason) -> {
			this.meters.counter("waypost.model.blocked", "reason", reason).increment();
			log.warn("A request to a language model was not sent, because it contains personal data: {}", reason);
			throw new PersonalDataBlockedException(reason);
		});
	}

	private Optional<String> found(String text, Set<String> identities) {
		List<String> forms = DecodedText.forms(text);
		if (containsIdentity(forms, identities)) {
			return Optional.of("identity");
		}
		return forms.stream()
			.map(this.detector::identifiers)
			.flatMap(Collection::stream)
			.findFirst()
			.map((entity) -> entity.type().code());
	}

	private static boolean containsIdentity(List<String> forms, Set<String> identities) {
		if (identities.isEmpty()) {
			return false;
		}
		List<FoldedText> values = identities.stream()
			.map(FoldedText::of)
			.filter((value) -> !value.isTooShort())
			.toList();
		return forms.stream().map(FoldedText::of).anyMatch((form) -> values.stream().anyMatch(form::contains));
	}

	/**
	 * Removes personal data from an answer before it is stored.
	 * @param answer text of a model
	 * @param identities values that identify recipients
	 * @return the answer with kinds of data in place of values, or a note in place of an
	 * answer that contains an identity
	 */
	public String redact(String answer, Set<String> identities) {
		if (containsIdentity(DecodedText.forms(answer), identities)) {
			return "[removed: contains an identity of a recipient]";
		}
		StringBuilder redacted = new StringBuilder(answer);
		for (PersonalDataEntity entity : this.detector.identifiers(answer).reversed()) {
			redacted.replace(entity.start(), entity.end(), "[" + entity.type().code() + "]");
		}
		return redacted.toString();
	}

}
