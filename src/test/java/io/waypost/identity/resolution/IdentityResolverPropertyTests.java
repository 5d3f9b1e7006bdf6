package io.waypost.identity.resolution;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.waypost.identity.Identifier;
import io.waypost.identity.IdentityObservation;
import io.waypost.identity.TestIdentity;
import io.waypost.identity.Traits;
import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import io.waypost.testing.TestDatabase;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * For every order, division into batches and degree of concurrency, identifiers end up in
 * the sets that follow from the rules, which this test computes independently. jqwik
 * prints the seed of a failure.
 */
class IdentityResolverPropertyTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private final TestIdentity identity = TestIdentity.over(TestDatabase.migrated(), Clock.systemUTC(), (event) -> {
	});

	@Property(tries = 150, shrinking = ShrinkingMode.BOUNDED)
	void everyOrderResultsInTheSameProfiles(@ForAll("histories") List<IdentityObservation> history,
			@ForAll Random random) throws Exception {
		Set<Set<String>> expected = Rules.sets(history);
		for (int order = 0; order < 2; order++) {
			TenantId tenant = TestDatabase.newTenant();
			List<IdentityObservation> shuffled = new ArrayList<>(history);
			Collections.shuffle(shuffled, random);
			batches(shuffled, random).forEach((batch) -> this.identity.resolve(tenant, batch));
			assertThat(stored(tenant, history)).isEqualTo(expected);
		}
	}

	@Property(tries = 40, shrinking = ShrinkingMode.OFF)
	void concurrentBatchesResultInTheSameProfiles(@ForAll("histories") List<IdentityObservation> history,
			@ForAll Random random) throws Exception {
		TenantId tenant = TestDatabase.newTenant();
		try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
			List<Future<List<ProfileId>>> running = new ArrayList<>();
			for (List<IdentityObservation> batch : batches(history, random)) {
				running.add(threads.submit(() -> this.identity.resolve(tenant, batch)));
			}
			for (Future<List<ProfileId>> one : running) {
				one.get();
			}
		}
		assertThat(stored(tenant, history)).isEqualTo(Rules.sets(history));
	}

	@Provide
	Arbitrary<List<IdentityObservation>> histories() {
		Arbitrary<String> users = Arbitraries.of("u1", "u2", "u3", "u4").injectNull(0.4);
		Arbitrary<String> devices = Arbitraries.of("d1", "d2", "d3").injectNull(0.3);
		Arbitrary<String> mailboxes = Arbitraries.of("m1@example.com", "m2@example.com").injectNull(0.6);
		Arbitrary<String> previous = Arbitraries.of("u1", "u2", "u3", "d1", "d2", "x").injectNull(0.8);
		return Combinators.combine(users, devices, mailboxes, previous)
			.as(IdentityResolverPropertyTests::observation)
			.list()
			.ofMinSize(1)
			.ofMaxSize(14);
	}

	private static IdentityObservation observation(String user, String device, String mailbox, String previous) {
		Traits traits = (mailbox != null) ? new Traits(new EmailAddress(mailbox), Map.of(), null, null, null)
				: Traits.NONE;
		return new IdentityObservation(user, (user == null && device == null) ? "d1" : device,
				(user != null) ? previous : null, traits, NOON, "cause");
	}

	private static List<List<IdentityObservation>> batches(List<IdentityObservation> history, Random random) {
		List<List<IdentityObservation>> batches = new ArrayList<>();
		for (int from = 0; from < history.size();) {
			int to = Math.min(history.size(), from + 1 + random.nextInt(4));
			batches.add(history.subList(from, to));
			from = to;
		}
		return batches;
	}

	private Set<Set<String>> stored(TenantId tenant, List<IdentityObservation> history) {
		Map<String, Set<String>> sets = new HashMap<>();
		for (String identifier : Rules.identifiers(history)) {
			String[] parts = identifier.split(" ", 2);
			Optional<ProfileId> profile = this.identity.profiles()
				.find(tenant, new Identifier(Identifier.Type.valueOf(parts[0]), parts[1]));
			String set = profile.map(ProfileId::toString).orElse("unassigned " + identifier);
			sets.computeIfAbsent(set, (key) -> new TreeSet<>()).add(identifier);
		}
		return new HashSet<>(sets.values());
	}

	/**
	 * A second implementation of the rules of {@link ProfileAssignment}, without stored
	 * state.
	 */
	private static final class Rules {

		private final Map<String, String> userSets = new TreeMap<>();

		private final Map<String, Set<String>> claims = new TreeMap<>();

		static Set<Set<String>> sets(List<IdentityObservation> history) {
			Rules rules = new Rules(history);
			Map<String, Set<String>> sets = new HashMap<>();
			for (String identifier : identifiers(history)) {
				sets.computeIfAbsent(rules.set(identifier), (key) -> new TreeSet<>()).add(identifier);
			}
			return new HashSet<>(sets.values());
		}

		static Set<String> identifiers(List<IdentityObservation> history) {
			Set<String> identifiers = new LinkedHashSet<>();
			for (IdentityObservation observation : history) {
				if (observation.userId() != null) {
					identifiers.add("USER_ID " + observation.userId());
				}
				if (observation.anonymousId() != null) {
					identifiers.add("ANONYMOUS_ID " + observation.anonymousId());
				}
				if (observation.traits().email() != null) {
					identifiers.add("EMAIL " + observation.traits().email().canonical());
				}
				if (observation.previousId() != null && !observation.previousId().equals(observation.userId())) {
					identifiers.add("ANONYMOUS_ID " + observation.previousId());
				}
			}
			return identifiers;
		}

		private Rules(List<IdentityObservation> history) {
			history.stream()
				.map(IdentityObservation::userId)
				.filter((user) -> user != null)
				.forEach((user) -> this.userSets.put("USER_ID " + user, "USER_ID " + user));
			for (IdentityObservation observation : history) {
				String user = (observation.userId() != null) ? "USER_ID " + observation.userId() : null;
				String device = (observation.anonymousId() != null) ? "ANONYMOUS_ID " + observation.anonymousId()
						: null;
				String mailbox = (observation.traits().email() != null)
						? "EMAIL " + observation.traits().email().canonical() : null;
				claim(device, (user != null) ? user : mailbox);
				claim(mailbox, user);
				if (observation.previousId() != null && !observation.previousId().equals(observation.userId())) {
					claim("ANONYMOUS_ID " + observation.previousId(), user);
					join(user, "USER_ID " + observation.previousId());
				}
			}
		}

		private void claim(String owned, String owner) {
			if (owned != null && owner != null) {
				this.claims.computeIfAbsent(owned, (key) -> new TreeSet<>()).add(owner);
			}
		}

		private void join(String one, String other) {
			String from = this.userSets.get(other);
			String to = this.userSets.get(one);
			if (from != null && to != null) {
				this.userSets.replaceAll((user, person) -> person.equals(from) ? to : person);
			}
		}

		private String set(String identifier) {
			if (identifier.startsWith("USER_ID")) {
				return this.userSets.get(identifier);
			}
			Set<String> owners = owners(identifier, "USER_ID");
			if (owners.isEmpty() && identifier.startsWith("ANONYMOUS_ID")) {
				owners = owners(identifier, "EMAIL");
			}
			return (owners.size() == 1) ? owners.iterator().next() : identifier;
		}

		private Set<String> owners(String identifier, String type) {
			Set<String> owners = new TreeSet<>();
			for (String claimant : this.claims.getOrDefault(identifier, Set.of())) {
				if (claimant.startsWith(type) && !isShared(claimant)) {
					owners.add(set(claimant));
				}
			}
			return owners;
		}

		private boolean isShared(String claimant) {
			return claimant.startsWith("EMAIL") && owners(claimant, "USER_ID").size() > 1;
		}

	}

}
