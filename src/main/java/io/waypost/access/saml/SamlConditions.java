package io.waypost.access.saml;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * Checks whether an assertion is for Waypost, now, and for this request. The library
 * checks some of this too, but accepts an assertion without audience and ignores the
 * times of encrypted assertions.
 */
final class SamlConditions {

	/** How far the provider's clock may be off. */
	static final Duration SKEW = Duration.ofSeconds(60);

	private static final String BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

	private static final String TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";

	private static final Set<String> UNDERSTOOD = Set.of("AudienceRestriction", "OneTimeUse", "ProxyRestriction");

	private static final int SUBJECT_LENGTH = 256;

	private final SamlProvider provider;

	private final Clock clock;

	SamlConditions(SamlProvider provider, Clock clock) {
		this.provider = provider;
		this.clock = clock;
	}

	/**
	 * Checks an assertion whose signature is verified.
	 * @param response the response that contains it
	 * @param assertion the assertion
	 * @return the facts that it states
	 * @throws SamlRefusedException names the check that failed
	 */
	SamlAssertion require(Element response, Element assertion) {
		if (!this.provider.acsUrl().equals(response.getAttribute("Destination"))) {
			throw new SamlRefusedException("The Response is for the Destination '%s' instead of '%s'"
				.formatted(response.getAttribute("Destination"), this.provider.acsUrl()));
		}
		requireIssuer(SamlXml.only(assertion, SamlXml.ASSERTION, "Issuer"));
		requireConditions(SamlXml.only(assertion, SamlXml.ASSERTION, "Conditions"));
		Element subject = SamlXml.only(assertion, SamlXml.ASSERTION, "Subject");
		Element nameId = SamlXml.only(subject, SamlXml.ASSERTION, "NameID");
		@Nullable String inResponseTo = attribute(response, "InResponseTo").orElse(null);
		Instant expiresAt = requireConfirmation(subject, inResponseTo);
		Element statement = SamlXml.only(assertion, SamlXml.ASSERTION, "AuthnStatement");
		return new SamlAssertion(assertion.getAttribute("ID"), inResponseTo, subject(nameId),
				nameId.getAttribute("Format"), attribute(statement, "SessionIndex").orElse(null), attributes(assertion),
				expiresAt);
	}

	private void requireIssuer(Element issuer) {
		if (!this.provider.settings().entityId().equals(issuer.getTextContent().trim())) {
			throw new SamlRefusedException("The issuer is '%s' instead of '%s'".formatted(issuer.getTextContent(),
					this.provider.settings().entityId()));
		}
	}

	private void requireConditions(Element conditions) {
		requireTime(conditions);
		for (Element condition : SamlXml.children(conditions)) {
			if (!UNDERSTOOD.contains(condition.getLocalName())) {
				throw new SamlRefusedException("The condition '%s' is not known".formatted(condition.getLocalName()));
			}
		}
		List<Element> restrictions = SamlXml.children(conditions, SamlXml.ASSERTION, "AudienceRestriction");
		if (restrictions.isEmpty() || !restrictions.stream().allMatch(this::isForWaypost)) {
			throw new SamlRefusedException("The audience does not include '%s'".formatted(this.provider.spEntityId()));
		}
	}

	private boolean isForWaypost(Element restriction) {
		return SamlXml.children(restriction, SamlXml.ASSERTION, "Audience")
			.stream()
			.anyMatch((audience) -> this.provider.spEntityId().equals(audience.getTextContent().trim()));
	}

	private void requireTime(Element element) {
		Instant now = this.clock.instant();
		time(element, "NotBefore").filter((start) -> start.isAfter(now.plus(SKEW))).ifPresent((start) -> {
			throw new SamlRefusedException("The assertion is not valid before %s".formatted(start));
		});
		time(element, "NotOnOrAfter").filter((end) -> !end.isAfter(now.minus(SKEW))).ifPresent((end) -> {
			throw new SamlRefusedException("The assertion expired at %s".formatted(end));
		});
	}

	/** Returns when the last acceptable confirmation ends. */
	private Instant requireConfirmation(Element subject, @Nullable String inResponseTo) {
		String reason = "The assertion has no bearer confirmation";
		@Nullable Instant last = null;
		for (Element confirmation : SamlXml.children(subject, SamlXml.ASSERTION, "SubjectConfirmation")) {
			List<Element> data = SamlXml.children(confirmation, SamlXml.ASSERTION, "SubjectConfirmationData");
			if (!BEARER.equals(confirmation.getAttribute("Method")) || data.size() != 1) {
				continue;
			}
			try {
				Instant end = requireConfirmationData(data.getFirst(), inResponseTo);
				last = (last == null || end.isAfter(last)) ? end : last;
			}
			catch (SamlRefusedException ex) {
				reason = String.valueOf(ex.getMessage());
			}
		}
		if (last == null) {
			throw new SamlRefusedException(reason);
		}
		return last.plus(SKEW);
	}

	private Instant requireConfirmationData(Element data, @Nullable String inResponseTo) {
		requireTime(data);
		if (!this.provider.acsUrl().equals(data.getAttribute("Recipient"))) {
			throw new SamlRefusedException("The assertion is for the Recipient '%s' instead of '%s'"
				.formatted(data.getAttribute("Recipient"), this.provider.acsUrl()));
		}
		if (!Objects.equals(attribute(data, "InResponseTo").orElse(null), inResponseTo)) {
			throw new SamlRefusedException("The assertion answers '%s', the Response '%s'"
				.formatted(data.getAttribute("InResponseTo"), inResponseTo));
		}
		return time(data, "NotOnOrAfter")
			.orElseThrow(() -> new SamlRefusedException("The confirmation of the subject has no NotOnOrAfter"));
	}

	/** A transient NameID would create a new account at each sign-in. */
	private static String subject(Element nameId) {
		String value = nameId.getTextContent().trim();
		if (value.isEmpty() || value.length() > SUBJECT_LENGTH) {
			throw new SamlRefusedException(
					"The NameID has %d characters instead of 1 to %d".formatted(value.length(), SUBJECT_LENGTH));
		}
		if (TRANSIENT.equals(nameId.getAttribute("Format"))) {
			throw new SamlRefusedException("The NameID is transient; configure a persistent NameID at the provider");
		}
		return value;
	}

	private static Map<String, List<String>> attributes(Element assertion) {
		Map<String, List<String>> attributes = new LinkedHashMap<>();
		for (Element statement : SamlXml.children(assertion, SamlXml.ASSERTION, "AttributeStatement")) {
			for (Element attribute : SamlXml.children(statement, SamlXml.ASSERTION, "Attribute")) {
				List<String> values = SamlXml.children(attribute, SamlXml.ASSERTION, "AttributeValue")
					.stream()
					.map((value) -> value.getTextContent().trim())
					.toList();
				attributes.putIfAbsent(attribute.getAttribute("Name"), values);
			}
		}
		return attributes;
	}

	private static Optional<String> attribute(Element element, String name) {
		return element.hasAttribute(name) ? Optional.of(element.getAttribute(name)) : Optional.empty();
	}

	private static Optional<Instant> time(Element element, String name) {
		try {
			return attribute(element, name).map(Instant::parse);
		}
		catch (DateTimeException ex) {
			throw new SamlRefusedException("%s '%s' is not a time in UTC".formatted(name, element.getAttribute(name)),
					ex);
		}
	}

}
