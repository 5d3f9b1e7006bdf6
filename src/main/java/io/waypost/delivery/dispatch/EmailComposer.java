package io.waypost.delivery.dispatch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import io.waypost.content.BrandKit;
import io.waypost.content.EmailDraft;
import io.waypost.content.PreparedEmail;
import io.waypost.content.RecipientLinks;
import io.waypost.content.RenderedEmail;
import io.waypost.delivery.DeliverySettings;
import io.waypost.delivery.SendRequest;
import io.waypost.delivery.esp.OutboundEmail;
import io.waypost.delivery.tracking.LinkTarget;
import io.waypost.delivery.tracking.TrackingLinks;
import io.waypost.identity.ContactDetails;
import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Makes the final message for one recipient: the last step before the provider. */
@Component
public class EmailComposer {

	private static final int PREPARED_KEPT = 500;

	private final DispatchPorts.EmailRendering rendering;

	private final TrackingLinks links;

	private final DeliverySettings settings;

	private final Map<Casting, Cast> prepared = new ConcurrentHashMap<>();

	EmailComposer(DispatchPorts.EmailRendering rendering, TrackingLinks links, DeliverySettings settings) {
		this.rendering = rendering;
		this.links = links;
		this.settings = settings;
	}

	/**
	 * Composes the message as it is sent.
	 * @param words what to say and to whom
	 * @param to where to
	 * @param person the recipient
	 * @param brand how it looks
	 * @return the message
	 */
	public OutboundEmail compose(MessageSource words, EmailAddress to, ContactDetails person, BrandKit brand) {
		String unsubscribe = address(TrackingLinks.Purpose.UNSUBSCRIBE, words, 0);
		RecipientLinks recipient = recipientLinks(words, unsubscribe);
		if (words.contentId() != null) {
			Cast cast = cast(words, words.contentId(), brand);
			return email(words, brand.senderName(), cast.from(), to, unsubscribe,
					cast.mail().fill(person.firstName(), recipient));
		}
		return email(words, brand.senderName(), new EmailAddress(brand.senderAddress()), to, unsubscribe,
				this.rendering.render(words.draft(), brand, person.firstName(), words.journey(), recipient));
	}

	private static OutboundEmail email(MessageSource words, String fromName, EmailAddress from, EmailAddress to,
			String unsubscribe, RenderedEmail email) {
		return new OutboundEmail(words.tenant(), words.send(), words.profile(), fromName, from, to, email.subject(),
				email.html(), email.text(), headers(words, unsubscribe), email.hash());
	}

	private Cast cast(MessageSource words, UUID content, BrandKit brand) {
		boolean pixel = this.settings.tracksOpens(words.topic());
		Casting casting = new Casting(words.tenant(), content, brand, pixel);
		Cast known = this.prepared.get(casting);
		if (known != null) {
			return known;
		}
		if (this.prepared.size() > PREPARED_KEPT) {
			this.prepared.clear();
		}
		return this.prepared.computeIfAbsent(casting,
				(unknown) -> new Cast(this.rendering.prepare(words.draft(), brand, words.journey(), pixel),
						new EmailAddress(brand.senderAddress())));
	}

	/** As people look at it in the house: with plain links and without the open pixel. */
	public RenderedEmail preview(MessageSource words, ContactDetails person, BrandKit brand) {
		RecipientLinks plain = new RecipientLinks("#", null, (url) -> url);
		return this.rendering.render(words.draft(), brand, person.firstName(), words.journey(), plain);
	}

	private RecipientLinks recipientLinks(MessageSource words, String unsubscribe) {
		String pixel = (this.settings.tracksOpens(words.topic()) && !words.isTest())
				? address(TrackingLinks.Purpose.OPEN, words, 0) : null;
		return new RecipientLinks(unsubscribe, pixel, (url) -> {
			int index = words.links().indexOf(url);
			return (index < 0 || words.isTest()) ? url : address(TrackingLinks.Purpose.CLICK, words, index);
		});
	}

	/** RFC 8058: one HTTPS address, and the word that a bare POST to it is enough. */
	private static Map<String, String> headers(MessageSource words, String unsubscribe) {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("List-Unsubscribe", "<" + unsubscribe + ">");
		headers.put("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
		if (words.isTest()) {
			headers.put("X-Waypost-Test", "true");
		}
		return headers;
	}

	private String address(TrackingLinks.Purpose purpose, MessageSource words, int index) {
		return this.links.createUrl(purpose, new LinkTarget(words.tenant(), words.send(), index));
	}

	/**
	 * What the database knows of a message.
	 *
	 * @param tenant whose
	 * @param send which
	 * @param profile to whom
	 * @param journey journey key
	 * @param topic which consent it needs
	 * @param draft what to say
	 * @param links its numbered links
	 * @param content which shared words these are, null when they are its own
	 */
	public record MessageSource(TenantId tenant, SendId send, ProfileId profile, String journey, String topic,
			EmailDraft draft, List<String> links, @Nullable UUID contentId) {

		/** What people try out on themselves teaches nothing about recipients. */
		boolean isTest() {
			return this.journey.equals(SendRequest.TEST);
		}

	}

	/** A message for many, and who sends it. */
	private record Cast(PreparedEmail mail, EmailAddress from) {

	}

	/** What a prepared message depends on. */
	private record Casting(TenantId tenant, UUID content, BrandKit brand, boolean pixel) {

	}

}
