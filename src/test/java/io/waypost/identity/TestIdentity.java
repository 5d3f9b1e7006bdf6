package io.waypost.identity;

import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;

import io.waypost.identity.resolution.IdentityResolver;
import io.waypost.identity.resolution.IdentityResolverFixture;
import io.waypost.identity.resolution.ProfileAttributeRepository;
import io.waypost.identity.resolution.ProfileRepository;
import io.waypost.identity.vault.DataKeyRepository;
import io.waypost.identity.vault.Keyring;
import io.waypost.identity.vault.VaultFieldRepository;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import io.waypost.kernel.UuidV7Generator;
import io.waypost.testing.TestDatabase;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The beans of the module identity, built over a test database. */
public final class TestIdentity {

	private final TestDatabase database;

	private final Profiles profiles;

	private final Vault vault;

	private final Keyring keyring = new Keyring(new byte[32]);

	private TestIdentity(TestDatabase database, Clock clock, ApplicationEventPublisher events) {
		this.database = database;
		JdbcClient jdbc = database.client();
		RandomGenerator random = RandomGenerator.getDefault();
		IdGenerator ids = new UuidV7Generator(clock, random);

		ProfileRepository profileRepository = new ProfileRepository(jdbc, clock);
		DataKeyRepository keys = new DataKeyRepository(jdbc, this.keyring, random);
		VaultFieldRepository fields = new VaultFieldRepository(jdbc, keys, this.keyring, random);
		ProfileAttributeRepository attributes = new ProfileAttributeRepository(jdbc);
		IdentityResolver resolver = IdentityResolverFixture.create(jdbc, this.keyring, ids, profileRepository, fields,
				attributes, events);
		this.profiles = new Profiles(jdbc, this.keyring, resolver, fields, attributes, profileRepository);
		this.vault = new Vault(fields, keys, this.keyring, random);
	}

	/**
	 * Builds the module's beans.
	 * @param database the database
	 * @param clock the current time
	 * @param events receives {@link ProfilesMerged}
	 * @return the beans
	 */
	public static TestIdentity over(TestDatabase database, Clock clock, ApplicationEventPublisher events) {
		return new TestIdentity(database, clock, events);
	}

	public Profiles profiles() {
		return this.profiles;
	}

	public Erasures erasures() {
		return new Erasures(this.database.client());
	}

	public Vault vault() {
		return this.vault;
	}

	Keyring keyring() {
		return this.keyring;
	}

	/**
	 * Resolves in a new transaction and repeats it after a conflict.
	 * @param tenant the tenant
	 * @param observations the observations
	 * @return their profiles
	 */
	public List<ProfileId> resolve(TenantId tenant, List<IdentityObservation> observations) {
		for (int attempt = 1;; attempt++) {
			try {
				return this.database.transactions().execute((status) -> this.profiles.resolve(tenant, observations));
			}
			catch (ConcurrencyFailureException ex) {
				if (attempt == 50) {
					throw ex;
				}
			}
		}
	}

}
