package io.waypost.delivery.dispatch;

import java.util.Collection;
import java.util.Map;

import io.waypost.content.BrandKit;
import io.waypost.content.EmailDraft;
import io.waypost.content.PreparedEmail;
import io.waypost.content.RecipientLinks;
import io.waypost.content.RenderedEmail;
import io.waypost.identity.AddressHash;
import io.waypost.identity.ContactDetails;
import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Functions of lower modules that dispatch needs, so that it can be tested without vault
 * keys and templates.
 */
public interface DispatchPorts {

	/** See {@code Vault.open}. */
	@FunctionalInterface
	interface AddressBook {

		Map<ProfileId, ContactDetails> open(TenantId tenant, Collection<ProfileId> profiles);

	}

	/** See {@code Profiles.hash}. */
	@FunctionalInterface
	interface AddressHasher {

		AddressHash hash(TenantId tenant, EmailAddress address);

	}

	/** See {@code BrandKitRepository.require}. */
	@FunctionalInterface
	interface BrandKitSource {

		BrandKit require(TenantId tenant);

	}

	/** See {@code EmailRenderer.render}. */
	@FunctionalInterface
	interface EmailRendering {

		RenderedEmail render(EmailDraft draft, BrandKit brand, @Nullable String firstName, String journey,
				RecipientLinks links);

		/** See {@code EmailRenderer.prepare}. */
		default PreparedEmail prepare(EmailDraft draft, BrandKit brand, String journey, boolean pixel) {
			return (firstName, links) -> render(draft, brand, firstName, journey, links);
		}

	}

}
