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
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.waypost.consent.SendPermission.Granted;
import io.waypost.consent.SendPermission.Withheld;
import io.waypost.identity.AddressHash;
import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.ProfileId;
import io.waypost.policy.DecisionResult;
import org.junit.jupiter.api.Test;

import static io.waypost.consent.TestConsent.NOW;
import static io.waypost.consent.TestConsent.change;
import static org.assertj.core.api.Assertions.assertThat;

class SendPermissionEvaluatorIntegrationTests {

	private static final String MARKETING = "marketing";

	private static final EmailAddress ANNA = new EmailAddress("anna@example.com");

	private final TestConsent module = new TestConsent();

	/**
	 * Virtual threads, because the common pool of a small machine has one thread only.
	 */
	private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();

	private final List<Map<String, Object>> asked = new ArrayList<>();

	/** Says yes only to a granted consent with an address that is not suppressed. */
	private final SendPermissionEvaluator evaluator = this.module.evaluator((tenant, table, inputs) -> {
		this.asked.add(inputs);
		boolean yes = "none".equals(inputs.get("suppression")) && Boolean.TRUE.equals(inputs.get("hasAddress"))
				&& "GRANTED".equals(inputs.get("consent"));
		return result(yes ? "GRANTED" : "WITHHELD", yes ? "consent" : "because");
	});

	@Test
	void permitsOnlyWithACurrentGrant() {
		List<ProfileId> people = new ArrayList<>();
		List<ProfileId> allowed = new ArrayList<>();
		int number = 0;
		for (ConsentStatus status : statuses()) {
			for (SuppressionReason reason : reasons()) {
				for (boolean hasAddress : List.of(true, false)) {
					EmailAddress email = new EmailAddress("p%d@example.com".formatted(number++));
					ProfileId person = hasAddress ? this.module.person(email) : this.module.person();
					if (status != null) {
						this.module.record(change(person, MARKETING, status, NOW));
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
		Map<ProfileId, SendPermission> permissions = decide(this.evaluator, people);
		assertThat(permissions).containsOnlyKeys(people);
		assertThat(people).filteredOn((person) -> permissions.get(person) instanceof Granted)
			.containsExactlyElementsOf(allowed)
			.hasSize(1);
		assertThat(this.asked).hasSameSizeAs(this.asked.stream().distinct().toList());
		assertThat(this.evaluator.preview(this.module.tenant, MARKETING, people,
				this.module.identity.profiles().read(this.module.tenant, people)))
			.as("what it foresees")
			.isEqualTo(permissions);
	}

	@Test
	void passesTheInputsToTheTable() {
		EmailAddress email = new EmailAddress("anna@example.com");
		ProfileId anna = this.module.person(email);
		this.module.record(new ConsentChange(anna, MARKETING, ConsentStatus.GRANTED, "soft_opt_in",
				new ConsentEvidence("form", "yes", null, null, NOW)));
		suppress(email, SuppressionReason.HARD_BOUNCE);
		decide(this.evaluator, List.of(anna));
		assertThat(this.asked).containsExactly(Map.of("suppression", "hard_bounce", "hasAddress", true, "consent",
				"GRANTED", "basis", "soft_opt_in", "country", "DE", "topic", MARKETING));
	}

	@Test
	void returnsTheRulesAndTheConsentVersionOfTheDecision() {
		ProfileId anna = this.module.person(new EmailAddress("anna@example.com"));
		this.module.record(change(anna, MARKETING, ConsentStatus.DENIED, NOW.minusSeconds(5)));
		this.module.record(change(anna, MARKETING, ConsentStatus.GRANTED, NOW));
		assertThat(decide(this.evaluator, List.of(anna)).get(anna))
			.isEqualTo(new Granted(new SendPermission.DecisionReference("consent", 4, "1.2", List.of("rule_1"), 2L)));
	}

	@Test
	void withholdsFromUnknownProfiles() {
		ProfileId unknown = this.module.person();
		ProfileId missing = new ProfileId(java.util.UUID.randomUUID());
		Map<ProfileId, SendPermission> permissions = decide(
				this.module.evaluator((tenant, table, inputs) -> result("GRANTED", "x")), List.of(missing, unknown));
		assertThat(permissions.get(missing)).isInstanceOfSatisfying(Withheld.class,
				(withheld) -> assertThat(withheld.reason()).isEqualTo("unknown"));
	}

	@Test
	void withholdsWhenTheTableCannotBeEvaluated() {
		ProfileId anna = this.module.person(new EmailAddress("anna@example.com"));
		this.module.record(change(anna, MARKETING, ConsentStatus.GRANTED, NOW));
		Stream<ConsentDecisionTable.TableEvaluation> broken = Stream.of((tenant, table, inputs) -> {
			throw new IllegalStateException("No such table");
		}, (tenant, table, inputs) -> new DecisionResult(table, 1, null, List.of(), List.of()),
				(tenant, table, inputs) -> new DecisionResult(table, 1, null, List.of("r"), List.of(Map.of())),
				(tenant, table, inputs) -> new DecisionResult(table, 1, null, List.of("r"),
						List.of(Map.of("permission", "granted"))));
		broken.forEach((tables) -> assertThat(decide(this.module.evaluator(tables), List.of(anna)).get(anna))
			.isInstanceOfSatisfying(Withheld.class,
					(withheld) -> assertThat(withheld.reason()).isEqualTo("decision_failed")));
	}

	@Test
	void revocationWaitsForAClaimThatReadTheConsent() throws Exception {
		ProfileId anna = granted();
		Unfinished<SendPermission> claim = begin(() -> permission(anna)).awaitWorked();
		Unfinished<Void> revocation = begin(() -> revoke(anna));
		awaitLockWait("advisory");
		assertThat(revocation.hasWorked()).isFalse();
		assertThat(claim.end()).isInstanceOf(Granted.class);
		revocation.end();
		assertThat(decide(this.evaluator, List.of(anna)).get(anna)).isInstanceOf(Withheld.class);
	}

	@Test
	void claimWaitsForARevocationAndSeesIt() throws Exception {
		ProfileId anna = granted();
		Unfinished<Void> revocation = begin(() -> revoke(anna)).awaitWorked();
		Unfinished<SendPermission> claim = begin(() -> permission(anna));
		awaitLockWait("consent.consent");
		assertThat(claim.hasWorked()).isFalse();
		revocation.end();
		assertThat(claim.end()).isInstanceOf(Withheld.class);
	}

	@Test
	void suppressionWaitsForAClaimThatDidNotSeeIt() throws Exception {
		ProfileId anna = granted();
		Unfinished<SendPermission> claim = begin(() -> permission(anna)).awaitWorked();
		Unfinished<Void> suppression = begin(() -> suppress(ANNA, SuppressionReason.MANUAL));
		awaitLockWait("advisory");
		assertThat(suppression.hasWorked()).isFalse();
		assertThat(claim.end()).isInstanceOf(Granted.class);
		suppression.end();
		assertThat(decide(this.evaluator, List.of(anna)).get(anna)).isInstanceOf(Withheld.class);
	}

	@Test
	void claimWaitsForASuppressionAndSeesIt() throws Exception {
		ProfileId anna = granted();
		Unfinished<Void> suppression = begin(() -> suppress(ANNA, SuppressionReason.COMPLAINT)).awaitWorked();
		Unfinished<SendPermission> claim = begin(() -> permission(anna));
		awaitLockWait("advisory");
		assertThat(claim.hasWorked()).isFalse();
		suppression.end();
		assertThat(claim.end()).isInstanceOf(Withheld.class);
	}

	/**
	 * Feedback blocks and revokes, a claim decides, about the same people: both get
	 * through.
	 */
	@Test
	void locksAddressesAndConsentsInTheSameOrder() throws Exception {
		List<ProfileId> people = new ArrayList<>();
		List<AddressHash> addresses = new ArrayList<>();
		for (int number = 0; number < 40; number++) {
			EmailAddress email = new EmailAddress("order%d@example.com".formatted(number));
			people.add(this.module.person(email));
			addresses.add(this.module.hash(email));
			this.module.record(change(people.getLast(), MARKETING, ConsentStatus.GRANTED, NOW.minusSeconds(60)));
		}
		List<CompletableFuture<?>> running = new ArrayList<>();
		for (int round = 0; round < 20; round++) {
			running.add(CompletableFuture.runAsync(() -> decide(this.evaluator, people), THREADS));
			running.add(CompletableFuture.runAsync(() -> this.module.transactions.executeWithoutResult((status) -> {
				this.module.suppressions.suppress(this.module.tenant, addresses, SuppressionReason.COMPLAINT, "system");
				this.module.consents.record(this.module.tenant, "system",
						people.reversed()
							.stream()
							.map((person) -> change(person, MARKETING, ConsentStatus.REVOKED, NOW))
							.toList());
			}), THREADS));
		}
		CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
	}

	@Test
	void locksFiveHundredAddressesQuickly() {
		List<ProfileId> people = IntStream.range(0, 500)
			.mapToObj((number) -> this.module.person(new EmailAddress("many%d@example.com".formatted(number))))
			.toList();
		decide(this.evaluator, people);
		long begun = System.nanoTime();
		for (int round = 0; round < 20; round++) {
			decide(this.evaluator, people);
		}
		double with = (System.nanoTime() - begun) / 20e6;
		Long[] locks = Suppressions.lockKeys(this.module.tenant,
				people.stream()
					.map((person) -> this.module.identity.profiles()
						.read(this.module.tenant, List.of(person))
						.get(person)
						.addressHash())
					.toList());
		begun = System.nanoTime();
		for (int round = 0; round < 20; round++) {
			this.module.transactions.executeWithoutResult((status) -> this.module.database.client()
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
	void needsTheSameNumberOfStatementsForAnyNumberOfProfiles() {
		List<ProfileId> people = Stream.generate(this.module::person).limit(50).toList();
		assertThat(decide(this.evaluator, people)).hasSize(50);
		assertThat(this.asked).hasSize(1);
	}

	private ProfileId granted() {
		ProfileId anna = this.module.person(ANNA);
		this.module.record(change(anna, MARKETING, ConsentStatus.GRANTED, NOW.minusSeconds(60)));
		return anna;
	}

	private void revoke(ProfileId profile) {
		this.module.record(change(profile, MARKETING, ConsentStatus.REVOKED, NOW));
	}

	/** What a claim asks, in the transaction that claims. */
	private SendPermission permission(ProfileId profile) {
		return this.evaluator.decide(this.module.tenant, MARKETING, List.of(profile)).get(profile);
	}

	private <T> Unfinished<T> begin(Supplier<T> work) {
		CountDownLatch worked = new CountDownLatch(1);
		CountDownLatch commit = new CountDownLatch(1);
		return new Unfinished<>(worked, commit,
				CompletableFuture.supplyAsync(() -> this.module.transactions.execute((status) -> {
					T result = work.get();
					worked.countDown();
					await(commit);
					return result;
				}), THREADS));
	}

	private Unfinished<Void> begin(Runnable work) {
		return begin(() -> {
			work.run();
			return null;
		});
	}

	private Map<ProfileId, SendPermission> decide(SendPermissionEvaluator evaluator, Collection<ProfileId> people) {
		return this.module.transactions.execute((status) -> evaluator.decide(this.module.tenant, MARKETING, people));
	}

	private void suppress(EmailAddress email, SuppressionReason reason) {
		AddressHash hash = this.module.hash(email);
		this.module.transactions.executeWithoutResult(
				(status) -> this.module.suppressions.suppress(this.module.tenant, hash, reason, "system"));
	}

	/** Until another session of this database waits for a lock in such a statement. */
	private void awaitLockWait(String word) {
		org.awaitility.Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> this.module.database.client().sql("""
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

	private static DecisionResult result(String permission, String reason) {
		return new DecisionResult("consent", 4, "1.2", List.of("rule_1"),
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

	/** A transaction in another thread that ends on request. */
	private record Unfinished<T>(CountDownLatch worked, CountDownLatch commit, CompletableFuture<T> result) {

		Unfinished<T> awaitWorked() {
			await(this.worked);
			return this;
		}

		boolean hasWorked() {
			return this.worked.getCount() == 0;
		}

		T end() throws Exception {
			this.commit.countDown();
			return this.result.get(30, TimeUnit.SECONDS);
		}

	}

}
