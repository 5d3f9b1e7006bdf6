package io.waypost.delivery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import io.waypost.content.BrandKit;
import io.waypost.content.Draft;
import io.waypost.content.PreparedMail;
import io.waypost.content.RecipientLinks;
import io.waypost.content.RenderedEmail;
import io.waypost.delivery.esp.OutboundEmail;
import io.waypost.identity.Person;
import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Makes the final message for one recipient: the last step before the provider. */
@Component
class Composer {

	private static final int PREPARED_KEPT = 500;

	private final Seams.Rendering rendering;

	private final Links links;

	private final DeliverySettings settings;

	private final Map<Casting, Cast> prepared = new ConcurrentHashMap<>();

	Composer(Seams.Rendering rendering, Links links, DeliverySettings settings) {
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
	OutboundEmail compose(Words words, EmailAddress to, Person person, BrandKit brand) {
		String unsubscribe = address(Links.Purpose.UNSUBSCRIBE, words, 0);
		RecipientLinks recipient = recipientLinks(words, unsubscribe);
		if (words.content() != null) {
			Cast cast = cast(words, words.content(), brand);
			return email(words, brand.senderName(), cast.from(), to, unsubscribe,
					cast.mail().fill(person.firstName(), recipient));
		}
		return email(words, brand.senderName(), new EmailAddress(brand.senderAddress()), to, unsubscribe,
				this.rendering.render(words.draft(), brand, person.firstName(), words.journey(), recipient));
	}

	private static OutboundEmail email(Words words, String fromName, EmailAddress from, EmailAddress to,
			String unsubscribe, RenderedEmail email) {
		return new OutboundEmail(words.tenant(), words.send(), words.profile(), fromName, from, to, email.subject(),
				email.html(), email.text(), headers(words, unsubscribe), email.hash());
	}

	private Cast cast(Words words, UUID content, BrandKit brand) {
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
	RenderedEmail preview(Words words, Person person, BrandKit brand) {
		RecipientLinks plain = new RecipientLinks("#", null, (url) -> url);
		return this.rendering.render(words.draft(), brand, person.firstName(), words.journey(), plain);
	}

	private RecipientLinks recipientLinks(Words words, String unsubscribe) {
		String pixel = (this.settings.tracksOpens(words.topic()) && !words.isTest())
				? address(Links.Purpose.OPEN, words, 0) : null;
		return new RecipientLinks(unsubscribe, pixel, (url) -> {
			int index = words.links().indexOf(url);
			return (index < 0 || words.isTest()) ? url : address(Links.Purpose.CLICK, words, index);
		});
	}

	/** RFC 8058: one HTTPS address, and the word that a bare POST to it is enough. */
	private static Map<String, String> headers(Words words, String unsubscribe) {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("List-Unsubscribe", "<" + unsubscribe + ">");
		headers.put("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
		if (words.isTest()) {
			headers.put("X-Waypost-Test", "true");
		}
		return headers;
	}

	private String address(Links.Purpose purpose, Words words, int index) {
		return this.links.address(purpose, new LinkTarget(words.tenant(), words.send(), index));
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
	record Words(TenantId tenant, SendId send, ProfileId profile, String journey, String topic, Draft draft,
			List<String> links, @Nullable UUID content) {

		/** What people try out on themselves teaches nothing about recipients. */
		boolean isTest() {
			return this.journey.equals(PlannedSend.TEST);
		}

	}

	/** A message for many, and who sends it. */
	private record Cast(PreparedMail mail, EmailAddress from) {

	}

	/** What a prepared message depends on. */
	private record Casting(TenantId tenant, UUID content, BrandKit brand, boolean pixel) {

	}

}
