package io.waypost.consent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.waypost.consent.Permission.Granted;
import io.waypost.consent.Permission.Withheld;
import io.waypost.identity.AddressHash;
import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.ProfileId;
import io.waypost.policy.Verdict;
import org.junit.jupiter.api.Test;

import static io.waypost.consent.ConsentRoom.NOW;
import static io.waypost.consent.ConsentRoom.change;
import static org.assertj.core.api.Assertions.assertThat;

class PermissionGateIntegrationTests {

	private static final String MARKETING = "marketing";

	private static final EmailAddress ANNA = new EmailAddress("anna@example.com");

	private final ConsentRoom room = new ConsentRoom();

	/**
	 * Virtual threads, because the common pool of a small machine has one thread only.
	 */
	private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();

	private final List<Map<String, Object>> asked = new ArrayList<>();

	/** Says yes only to a granted consent with an address that is not suppressed. */
	private final PermissionGate gate = this.room.gate((table, inputs) -> {
		this.asked.add(inputs);
		boolean yes = "none".equals(inputs.get("suppression")) && Boolean.TRUE.equals(inputs.get("hasAddress"))
				&& "GRANTED".equals(inputs.get("consent"));
		return verdict(yes ? "GRANTED" : "WITHHELD", yes ? "consent" : "because");
	});

	@Test
	void neverPermitsWithoutAGrantInForce() {
		List<ProfileId> people = new ArrayList<>();
		List<ProfileId> allowed = new ArrayList<>();
		int number = 0;
		for (ConsentStatus status : statuses()) {
			for (SuppressionReason reason : reasons()) {
				for (boolean hasAddress : List.of(true, false)) {
					EmailAddress email = new EmailAddress("p%d@example.com".formatted(number++));
					ProfileId person = hasAddress ? this.room.person(email) : this.room.person();
					if (status != null) {
						this.room.record(change(person, MARKETING, status, NOW));
					}
					if (reason != null) {
						suppress(email, reason);
					}
					people.add(person);
					if (status == ConsentStatus.GRANTED && reason == null && hasAddress) {
						allowed.add(person);
					}
				}
			}
		}
		Map<ProfileId, Permission> permissions = decide(this.gate, people);
		assertThat(permissions).containsOnlyKeys(people);
		assertThat(people).filteredOn((person) -> permissions.get(person) instanceof Granted)
			.containsExactlyElementsOf(allowed)
			.hasSize(1);
		assertThat(this.asked).hasSameSizeAs(this.asked.stream().distinct().toList());
		assertThat(this.gate.foresee(this.room.tenant, MARKETING, people,
				this.room.identity.profiles().read(this.room.tenant, people)))
			.as("what it foresees")
			.isEqualTo(permissions);
	}

	@Test
	void asksTheTableInItsOwnWords() {
		EmailAddress email = new EmailAddress("anna@example.com");
		ProfileId anna = this.room.person(email);
		this.room.record(new ConsentChange(anna, MARKETING, ConsentStatus.GRANTED, "soft_opt_in",
				new Evidence("form", "yes", null, null, NOW)));
		suppress(email, SuppressionReason.HARD_BOUNCE);
		decide(this.gate, List.of(anna));
		assertThat(this.asked).containsExactly(Map.of("suppression", "hard_bounce", "hasAddress", true, "consent",
				"GRANTED", "basis", "soft_opt_in", "country", "DE", "topic", MARKETING));
	}

	@Test
	void saysByWhichRulesAndConsentItDecided() {
		ProfileId anna = this.room.person(new EmailAddress("anna@example.com"));
		this.room.record(change(anna, MARKETING, ConsentStatus.DENIED, NOW.minusSeconds(5)));
		this.room.record(change(anna, MARKETING, ConsentStatus.GRANTED, NOW));
		assertThat(decide(this.gate, List.of(anna)).get(anna))
			.isEqualTo(new Granted(new Permission.Proof("consent", 4, "1.2", List.of("rule_1"), 2L)));
	}

	@Test
	void withholdsFromStrangers() {
		ProfileId stranger = this.room.person();
		ProfileId nobody = new ProfileId(java.util.UUID.randomUUID());
		Map<ProfileId, Permission> permissions = decide(this.room.gate((table, inputs) -> verdict("GRANTED", "x")),
				List.of(nobody, stranger));
		assertThat(permissions.get(nobody)).isInstanceOfSatisfying(Withheld.class,
				(withheld) -> assertThat(withheld.reason()).isEqualTo("unknown"));
	}

	@Test
	void withholdsWhenTheTableCannotAnswer() {
		ProfileId anna = this.room.person(new EmailAddress("anna@example.com"));
		this.room.record(change(anna, MARKETING, ConsentStatus.GRANTED, NOW));
		Stream<ConsentTable.Rules> broken = Stream.of((table, inputs) -> {
			throw new IllegalStateException("No such table");
		}, (table, inputs) -> new Verdict(table, 1, null, List.of(), List.of()),
				(table, inputs) -> new Verdict(table, 1, null, List.of("r"), List.of(Map.of())),
				(table, inputs) -> new Verdict(table, 1, null, List.of("r"), List.of(Map.of("permission", "granted"))));
		broken.forEach(
				(rules) -> assertThat(decide(this.room.gate(rules), List.of(anna)).get(anna)).isInstanceOfSatisfying(
						Withheld.class, (withheld) -> assertThat(withheld.reason()).isEqualTo("decision_failed")));
	}

	@Test
	void makesARevocationWaitForAClaimThatSawTheConsent() throws Exception {
		ProfileId anna = granted();
		CountDownLatch decided = new CountDownLatch(1);
		CountDownLatch commit = new CountDownLatch(1);
		CompletableFuture<Permission> claim = CompletableFuture
			.supplyAsync(() -> this.room.transactions.execute((status) -> {
				Permission permission = this.gate.decide(this.room.tenant, MARKETING, List.of(anna)).get(anna);
				decided.countDown();
				await(commit);
				return permission;
			}), THREADS);
		await(decided);
		CompletableFuture<Void> revocation = revoke(anna);
		awaitLockWait("consent.consent");
		assertThat(revocation).isNotDone();
		commit.countDown();
		assertThat(claim.get(30, TimeUnit.SECONDS)).isInstanceOf(Granted.class);
		revocation.get(30, TimeUnit.SECONDS);
		assertThat(decide(this.gate, List.of(anna)).get(anna)).isInstanceOf(Withheld.class);
	}

	@Test
	void makesAClaimWaitForARevocationAndSeeIt() throws Exception {
		ProfileId anna = granted();
		CountDownLatch revoked = new CountDownLatch(1);
		CountDownLatch commit = new CountDownLatch(1);
		CompletableFuture<Void> revocation = CompletableFuture
			.runAsync(() -> this.room.transactions.executeWithoutResult((status) -> {
				this.room.consents.record(this.room.tenant, "system",
						List.of(change(anna, MARKETING, ConsentStatus.REVOKED, NOW)));
				revoked.countDown();
				await(commit);
			}), THREADS);
		await(revoked);
		CompletableFuture<Permission> claim = CompletableFuture
			.supplyAsync(() -> decide(this.gate, List.of(anna)).get(anna), THREADS);
		awaitLockWait("consent.consent");
		assertThat(claim).isNotDone();
		commit.countDown();
		revocation.get(30, TimeUnit.SECONDS);
		assertThat(claim.get(30, TimeUnit.SECONDS)).isInstanceOf(Withheld.class);
	}

	@Test
	void makesASuppressionWaitForAClaimThatDidNotSeeIt() throws Exception {
		ProfileId anna = granted();
		CountDownLatch decided = new CountDownLatch(1);
		CountDownLatch commit = new CountDownLatch(1);
		CompletableFuture<Permission> claim = CompletableFuture
			.supplyAsync(() -> this.room.transactions.execute((status) -> {
				Permission permission = this.gate.decide(this.room.tenant, MARKETING, List.of(anna)).get(anna);
				decided.countDown();
				await(commit);
				return permission;
			}), THREADS);
		await(decided);
		CompletableFuture<Void> suppression = CompletableFuture.runAsync(
				() -> this.room.transactions.executeWithoutResult((status) -> suppress(ANNA, SuppressionReason.MANUAL)),
				THREADS);
		awaitLockWait("advisory");
		assertThat(suppression).isNotDone();
		commit.countDown();
		assertThat(claim.get(30, TimeUnit.SECONDS)).isInstanceOf(Granted.class);
		suppression.get(30, TimeUnit.SECONDS);
		assertThat(decide(this.gate, List.of(anna)).get(anna)).isInstanceOf(Withheld.class);
	}

	@Test
	void makesAClaimWaitForASuppressionAndSeeIt() throws Exception {
		ProfileId anna = granted();
		CountDownLatch suppressed = new CountDownLatch(1);
		CountDownLatch commit = new CountDownLatch(1);
		CompletableFuture<Void> suppression = CompletableFuture
			.runAsync(() -> this.room.transactions.executeWithoutResult((status) -> {
				suppress(ANNA, SuppressionReason.COMPLAINT);
				suppressed.countDown();
				await(commit);
			}), THREADS);
		await(suppressed);
		CompletableFuture<Permission> claim = CompletableFuture
			.supplyAsync(() -> decide(this.gate, List.of(anna)).get(anna), THREADS);
		awaitLockWait("advisory");
		assertThat(claim).isNotDone();
		commit.countDown();
		suppression.get(30, TimeUnit.SECONDS);
		assertThat(claim.get(30, TimeUnit.SECONDS)).isInstanceOf(Withheld.class);
	}

	/**
	 * Feedback blocks and revokes, a claim decides, about the same people: both get
	 * through.
	 */
	@Test
	void locksAddressesAndConsentsInOneOrder() throws Exception {
		List<ProfileId> people = new ArrayList<>();
		List<AddressHash> addresses = new ArrayList<>();
		for (int number = 0; number < 40; number++) {
			EmailAddress email = new EmailAddress("order%d@example.com".formatted(number));
			people.add(this.room.person(email));
			addresses.add(this.room.hash(email));
			this.room.record(change(people.getLast(), MARKETING, ConsentStatus.GRANTED, NOW.minusSeconds(60)));
		}
		List<CompletableFuture<?>> running = new ArrayList<>();
		for (int round = 0; round < 20; round++) {
			running.add(CompletableFuture.runAsync(() -> decide(this.gate, people), THREADS));
			running.add(CompletableFuture.runAsync(() -> this.room.transactions.executeWithoutResult((status) -> {
				this.room.suppressions.suppress(this.room.tenant, addresses, SuppressionReason.COMPLAINT, "system");
				this.room.consents.record(this.room.tenant, "system",
						people.reversed()
							.stream()
							.map((person) -> change(person, MARKETING, ConsentStatus.REVOKED, NOW))
							.toList());
			}), THREADS));
		}
		CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
	}

	@Test
	void locksFiveHundredAddressesInNoTime() {
		List<ProfileId> people = IntStream.range(0, 500)
			.mapToObj((number) -> this.room.person(new EmailAddress("many%d@example.com".formatted(number))))
			.toList();
		decide(this.gate, people);
		long begun = System.nanoTime();
		for (int round = 0; round < 20; round++) {
			decide(this.gate, people);
		}
		double with = (System.nanoTime() - begun) / 20e6;
		Long[] locks = AddressLocks.of(this.room.tenant,
				people.stream()
					.map((person) -> this.room.identity.profiles()
						.read(this.room.tenant, List.of(person))
						.get(person)
						.addressHash())
					.toList());
		begun = System.nanoTime();
		for (int round = 0; round < 20; round++) {
			this.room.transactions.executeWithoutResult((status) -> this.room.database.client()
				.sql("select count(pg_advisory_xact_lock_shared(lock)) from unnest(:locks::bigint[]) lock")
				.param("locks", locks)
				.query(Long.class)
				.single());
		}
		double locking = (System.nanoTime() - begun) / 20e6;
		System.out.printf("deciding about 500 people takes %.2f ms, a transaction that only locks them %.2f ms%n", with,
				locking);
		assertThat(locking).isLessThan(100);
	}

	@Test
	void asksTheSameNumberOfStatementsWhateverTheNumberOfPeople() {
		List<ProfileId> people = Stream.generate(this.room::person).limit(50).toList();
		assertThat(decide(this.gate, people)).hasSize(50);
		assertThat(this.asked).hasSize(1);
	}

	private ProfileId granted() {
		ProfileId anna = this.room.person(ANNA);
		this.room.record(change(anna, MARKETING, ConsentStatus.GRANTED, NOW.minusSeconds(60)));
		return anna;
	}

	private CompletableFuture<Void> revoke(ProfileId profile) {
		return CompletableFuture
			.runAsync(() -> this.room.record(change(profile, MARKETING, ConsentStatus.REVOKED, NOW)), THREADS);
	}

	private Map<ProfileId, Permission> decide(PermissionGate gate, Collection<ProfileId> people) {
		return this.room.transactions.execute((status) -> gate.decide(this.room.tenant, MARKETING, people));
	}

	private void suppress(EmailAddress email, SuppressionReason reason) {
		AddressHash hash = this.room.hash(email);
		this.room.suppressions.suppress(this.room.tenant, hash, reason, "system");
	}

	/** Until another session of this database waits for a lock in such a statement. */
	private void awaitLockWait(String word) {
		org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> this.room.database.client().sql("""
				select count(*) from pg_stat_activity
				 where datname = current_database() and wait_event_type = 'Lock' and query like '%' || :word || '%'
				""").param("word", word).query(Integer.class).single() > 0);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Verdict verdict(String permission, String reason) {
		return new Verdict("consent", 4, "1.2", List.of("rule_1"),
				List.of(Map.of("permission", permission, "reason", reason)));
	}

	private static List<ConsentStatus> statuses() {
		List<ConsentStatus> statuses = new ArrayList<>(List.of(ConsentStatus.values()));
		statuses.add(null);
		return statuses;
	}

	private static List<SuppressionReason> reasons() {
		List<SuppressionReason> reasons = new ArrayList<>(List.of(SuppressionReason.values()));
		reasons.add(null);
		return reasons;
	}

}
