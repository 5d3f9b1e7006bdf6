package io.waypost.delivery.dispatch;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.waypost.content.BrandKit;
import io.waypost.content.EmailDraft;
import io.waypost.content.PreparedEmail;
import io.waypost.content.RecipientLinks;
import io.waypost.content.RenderedEmail;
import io.waypost.delivery.DeliverySettings;
import io.waypost.delivery.content.MessageSource;
import io.waypost.delivery.esp.OutboundEmail;
import io.waypost.delivery.tracking.LinkTarget;
import io.waypost.delivery.tracking.TrackingLinks;
import io.waypost.identity.ContactDetails;
import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Composes the final message of one recipient, the last step before the provider. */
@Component
public class EmailComposer {

	private static final int MAX_COMPILED = 500;

	private final DispatchPorts.EmailRendering rendering;

	private final TrackingLinks links;

	private final DeliverySettings settings;

	private final Cache<CompilationKey, CompiledMessage> compiledMessages = Caffeine.newBuilder()
		.maximumSize(MAX_COMPILED)
		.build();

	EmailComposer(DispatchPorts.EmailRendering rendering, TrackingLinks links, DeliverySettings settings) {
		this.rendering = rendering;
		this.links = links;
		this.settings = settings;
	}

	/**
	 * Composes the message as it is sent.
	 * @param source what the message is made of
	 * @param to recipient's address
	 * @param person recipient
	 * @param brand brand kit of the tenant
	 * @return the message
	 */
	public OutboundEmail compose(MessageSource source, EmailAddress to, ContactDetails person, BrandKit brand) {
		String unsubscribe = url(TrackingLinks.Purpose.UNSUBSCRIBE, source, 0);
		RecipientLinks recipient = recipientLinks(source, unsubscribe);
		if (source.contentId() != null) {
			CompiledMessage compiled = compiled(source, source.contentId(), brand);
			return email(source, brand.senderName(), compiled.from(), to, unsubscribe,
					compiled.mail().fill(person.firstName(), recipient));
		}
		return email(source, brand.senderName(), new EmailAddress(brand.senderAddress()), to, unsubscribe,
				this.rendering.render(source.draft(), brand, person.firstName(), source.journey(), recipient));
	}

	private static OutboundEmail email(MessageSource source, String fromName, EmailAddress from, EmailAddress to,
			String unsubscribe, RenderedEmail email) {
		return new OutboundEmail(source.tenant(), source.send(), source.profile(), fromName, from, to, email.subject(),
				email.html(), email.text(), headers(source, unsubscribe), email.hash());
	}

	private CompiledMessage compiled(MessageSource source, UUID content, BrandKit brand) {
		boolean pixel = this.settings.tracksOpens(source.topic());
		CompilationKey key = new CompilationKey(source.tenant(), content, brand, pixel);
		return this.compiledMessages.get(key,
				(missing) -> new CompiledMessage(this.rendering.prepare(source.draft(), brand, source.journey(), pixel),
						new EmailAddress(brand.senderAddress())));
	}

	/** Renders a preview for staff: with plain links and without the open pixel. */
	public RenderedEmail preview(MessageSource source, ContactDetails person, BrandKit brand) {
		RecipientLinks plainLinks = new RecipientLinks("#", null, (url) -> url);
		return this.rendering.render(source.draft(), brand, person.firstName(), source.journey(), plainLinks);
	}

	private RecipientLinks recipientLinks(MessageSource source, String unsubscribe) {
		String pixel = (this.settings.tracksOpens(source.topic()) && !source.isTest())
				? url(TrackingLinks.Purpose.OPEN, source, 0) : null;
		return new RecipientLinks(unsubscribe, pixel, (url) -> {
			int index = source.links().indexOf(url);
			return (index < 0 || source.isTest()) ? url : url(TrackingLinks.Purpose.CLICK, source, index);
		});
	}

	/** Headers for one-click unsubscribe (RFC 8058). */
	private static Map<String, String> headers(MessageSource source, String unsubscribe) {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("List-Unsubscribe", "<" + unsubscribe + ">");
		headers.put("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
		if (source.isTest()) {
			headers.put("X-Waypost-Test", "true");
		}
		return headers;
	}

	private String url(TrackingLinks.Purpose purpose, MessageSource source, int index) {
		return this.links.createUrl(purpose, new LinkTarget(source.tenant(), source.send(), index));
	}

	/** A compiled message with its sender address. */
	private record CompiledMessage(PreparedEmail mail, EmailAddress from) {

	}

	/** What a compiled message depends on. */
	private record CompilationKey(TenantId tenant, UUID content, BrandKit brand, boolean pixel) {

	}

}
