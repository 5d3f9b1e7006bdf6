package io.waypost.delivery;

import java.util.Collection;
import java.util.Map;

import io.waypost.consent.Permission;
import io.waypost.content.BrandKit;
import io.waypost.content.Draft;
import io.waypost.content.PreparedMail;
import io.waypost.content.RecipientLinks;
import io.waypost.content.RenderedEmail;
import io.waypost.identity.AddressHash;
import io.waypost.identity.Person;
import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * What dispatch needs of the rooms below, as functions: the queue can be tested to its
 * last fault without decision tables, keys or templates.
 */
interface Seams {

	/** See {@code PermissionGate.decide}: locks the consents it reads. */
	@FunctionalInterface
	interface Gate {

		Map<ProfileId, Permission> decide(TenantId tenant, String topic, Collection<ProfileId> profiles);

	}

	/** See {@code Vault.open}. */
	@FunctionalInterface
	interface AddressBook {

		Map<ProfileId, Person> open(TenantId tenant, Collection<ProfileId> profiles);

	}

	/** See {@code Profiles.hash}. */
	@FunctionalInterface
	interface Hashing {

		AddressHash hash(TenantId tenant, EmailAddress address);

	}

	/** See {@code BrandKits.require}. */
	@FunctionalInterface
	interface Brands {

		BrandKit require(TenantId tenant);

	}

	/** See {@code Renderer}. */
	@FunctionalInterface
	interface Rendering {

		RenderedEmail render(Draft draft, BrandKit brand, @Nullable String firstName, String journey,
				RecipientLinks links);

		/** See {@code Renderer.prepare}. */
		default PreparedMail prepare(Draft draft, BrandKit brand, String journey, boolean pixel) {
			return (firstName, links) -> render(draft, brand, firstName, journey, links);
		}

	}

}
