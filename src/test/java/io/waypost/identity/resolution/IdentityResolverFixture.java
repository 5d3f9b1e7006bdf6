package io.waypost.identity.resolution;

import io.waypost.database.AdvisoryLocks;
import io.waypost.identity.vault.Keyring;
import io.waypost.identity.vault.VaultFieldRepository;
import io.waypost.kernel.IdGenerator;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Builds an {@link IdentityResolver} over a test database. */
public final class IdentityResolverFixture {

	private IdentityResolverFixture() {
	}

	public static IdentityResolver create(JdbcClient jdbc, Keyring keyring, IdGenerator ids, ProfileRepository profiles,
			VaultFieldRepository fields, ProfileAttributeRepository attributes, ApplicationEventPublisher events) {
		IdentifierRepository identifiers = new IdentifierRepository(jdbc);
		IdentityEdgeRepository edges = new IdentityEdgeRepository(jdbc, new AdvisoryLocks(jdbc));
		return new IdentityResolver(keyring, ids, identifiers, edges, profiles,
				new ProfileMerger(identifiers, edges, profiles, fields, attributes, events));
	}

}
