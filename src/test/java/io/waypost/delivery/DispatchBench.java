package io.waypost.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waypost.consent.Permission;
import io.waypost.content.BrandKit;
import io.waypost.content.Draft;
import io.waypost.content.RenderedEmail;
import io.waypost.delivery.esp.EspSettings;
import io.waypost.delivery.esp.Esps;
import io.waypost.identity.AddressHash;
import io.waypost.identity.Person;
import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import io.waypost.kernel.TimeOrderedIds;
import io.waypost.ledger.Ledger;
import io.waypost.testing.MutableClock;
import io.waypost.testing.TestDatabase;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Delivery's own classes over a real database, with the rooms below replaced by
 * functions. The queue knows no tenants, so these tests have a database to themselves and
 * each bench begins with an empty queue.
 */
class DispatchBench {

	static final String MARKETING = "marketing";

	static final String SERVICE = "service";

	final TenantId tenant = TestDatabase.newTenant();

	final JdbcClient jdbc;

	final TransactionTemplate transaction;

	final MutableClock clock;

	final IdGenerator ids;

	static final int BATCH = 50;

	final Ledger ledger;

	final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

	final DispatchSignal signal = new DispatchSignal();

	final Json json = new Json(new ObjectMapper().findAndRegisterModules());

	final DeliverySettings settings;

	final SendRecords records;

	final List<FakeEsp> esps;

	final EspRoster roster;

	final Set<ProfileId> forbidden = ConcurrentHashMap.newKeySet();

	final Map<ProfileId, Person> people = new ConcurrentHashMap<>();

	final Deliveries deliveries;

	final SendEvents events;

	final Reconciler reconciler;

	final Claims claims;

	final Outcomes outcomes;

	volatile @Nullable RuntimeException gateFault;

	volatile @Nullable RuntimeException renderFault;

	volatile Runnable beforeOpening = () -> {
	};

	volatile LongSupplier ticker = System::nanoTime;

	DispatchBench(MutableClock clock, String... espNames) {
		this(clock, Arrays.stream(espNames).map(FakeEsp::new).toList());
	}

	DispatchBench(MutableClock clock, List<FakeEsp> esps) {
		TestDatabase database = Databases.DISPATCH;
		this.jdbc = database.client();
		this.jdbc.sql("update delivery.send set status = 'dead', reason = 'test' where status <> 'dead'").update();
		this.transaction = database.transactions();
		this.clock = clock;
		this.ids = new TimeOrderedIds(clock, RandomGenerator.getDefault());
		this.ledger = new Ledger(database.dataSource(), database.transactionManager());
		this.settings = settings();
		this.esps = esps;
		this.roster = new EspRoster(Esps.of(this.esps.stream().map(DispatchBench::configured).toList()), this.settings,
				clock);
		MessageEvents messages = new MessageEvents(this.jdbc, this.json, "");
		SharedContents contents = new SharedContents(this.jdbc, this.json, clock);
		this.records = new SendRecords(this.ledger, clock);
		this.deliveries = new Deliveries(this.jdbc, this.signal, this.settings, this.json, this.ids, clock, contents,
				new CampaignSends(this.jdbc, this.transaction, contents, new ExplanationPages(this.jdbc, this.json),
						this.records, this.signal, this.settings, this.ids, clock),
				new RecentMessages(this.jdbc));
		this.events = new SendEvents(this.jdbc, this.transaction, messages, this.ledger, clock);
		this.reconciler = new Reconciler(this.jdbc, this.transaction, messages, this.ledger, this.signal, this.settings,
				this.metrics, clock);
		this.claims = new Claims(this.jdbc, this.transaction, new SendQueue(this.jdbc, contents, this.json, clock),
				this::permit, this.roster, this.ledger, this.settings, this.json, clock);
		LateOutcomes late = new LateOutcomes(this.jdbc, this.events, messages, this.ledger, this.signal, this.settings,
				this.metrics);
		this.outcomes = new Outcomes(this.jdbc, this.transaction, this.roster, late, messages, this.ledger,
				this.records, this.ids, this.settings, this.metrics);
	}

	private static DeliverySettings settings() {
		return new DeliverySettings(BATCH, 100 + BATCH * Dispatcher.PREPARERS, 20, Duration.ofMillis(100),
				Duration.ofMinutes(2), Duration.ofMinutes(15), Duration.ofHours(1), 4, Duration.ofSeconds(15), 3,
				Duration.ofSeconds(60), Duration.ofSeconds(10), Set.of(SERVICE), true, Set.of(),
				"a secret of thirty-two characters or more", List.of());
	}

	private static Esps.Configured configured(FakeEsp esp) {
		EspSettings sandbox = EspSettings.sandbox();
		return new Esps.Configured(sandbox, esp);
	}

	Links links() {
		return new Links(
				new LinkKeys("https://mail.example.com", "a secret of thirty-two characters or more", List.of()),
				this.jdbc);
	}

	Submission submission() {
		Composer composer = new Composer((draft, brand, firstName, reason, recipientLinks) -> {
			if (this.renderFault != null) {
				throw this.renderFault;
			}
			return RenderedEmail.of(draft.subject(), "<p>" + draft.headline() + "</p>", draft.headline());
		}, links(), this.settings);
		return new Submission((tenant, profiles) -> open(profiles), (tenant, address) -> new AddressHash(hash(address)),
				(tenant) -> brand(), composer, this.roster, this.settings, this.metrics, this.clock,
				() -> this.ticker.getAsLong());
	}

	Dispatcher dispatcher() {
		return new Dispatcher(this.claims, submission(), this.outcomes, this.roster, this.signal, this.settings,
				this.metrics);
	}

	/** One round by hand: claim, prepare, submit, save. */
	List<Outcome> round() {
		List<Outcome> done = new ArrayList<>();
		Submission submission = submission();
		List<Claimed> claimed = this.claims.claim(50).toSubmit();
		submission.prepare(claimed, done::add).forEach((ready) -> done.add(submission.submit(ready)));
		this.outcomes.save(done);
		return done;
	}

	private Map<ProfileId, Permission> permit(TenantId tenant, String topic, Collection<ProfileId> profiles) {
		if (this.gateFault != null) {
			throw this.gateFault;
		}
		Permission.Proof proof = new Permission.Proof("consent", 1, null, List.of("rule"), 7L);
		Map<ProfileId, Permission> answers = new HashMap<>();
		profiles.forEach((profile) -> answers.put(profile, this.forbidden.contains(profile)
				? new Permission.Withheld("revoked", proof) : new Permission.Granted(proof)));
		return answers;
	}

	private Map<ProfileId, Person> open(Collection<ProfileId> profiles) {
		this.beforeOpening.run();
		Map<ProfileId, Person> found = new HashMap<>();
		profiles.stream().filter(this.people::containsKey).forEach((id) -> found.put(id, this.people.get(id)));
		return found;
	}

	static String hash(EmailAddress address) {
		return "%064x".formatted(address.canonical().hashCode());
	}

	static BrandKit brand() {
		return new BrandKit(1, "Shop", "hello@shop.example", List.of("Street 1"), "https://shop.example",
				"https://shop.example/logo.png", "#2457a6", Set.of("shop.example"), Set.of());
	}

	static Draft draft() {
		return new Draft("en", "Your cart", "Still there", "It waits", List.of("Hello {{ first_name }}"),
				List.of(new Draft.Item("p1", "Lamp", "€10", 1, null, "https://shop.example/lamp")),
				new Draft.CallToAction("Look", "https://shop.example/cart"), null);
	}

	ProfileId person(String address) {
		ProfileId id = new ProfileId(this.ids.next());
		this.people.put(id, new Person("u-" + id, new EmailAddress(address), "Ada", null, null));
		return id;
	}

	Send plan(ProfileId profile, String topic) {
		return this.deliveries.plan(this.tenant, List.of(wish(profile, topic))).getFirst();
	}

	PlannedSend wish(ProfileId profile, String topic) {
		return new PlannedSend(profile, new JourneyRunId(this.ids.next()), "cart-abandonment", "reminder",
				"cart-abandonment", topic, Map.of("event", "Product Added"), Map.of());
	}

	Send queued(ProfileId profile, String topic) {
		Send send = plan(profile, topic);
		queue(List.of(send.id()));
		return send;
	}

	Send queued() {
		return queued(person("ada@example.com"), MARKETING);
	}

	void queue(List<SendId> sends) {
		this.deliveries.save(this.tenant,
				sends.stream()
					.map((id) -> new SendUpdate(id, SendStatus.QUEUED, null, null, "a", draft(),
							Map.of("plan", Map.of("angle", "x"))))
					.toList());
	}

	Send state(SendId id) {
		return this.deliveries.read(this.tenant, List.of(id)).getFirst().send();
	}

	int attempts(SendId id) {
		return this.jdbc.sql("""
				select (select count(*) from delivery.attempt where tenant_id = s.tenant_id and send_id = s.id)
					+ (s.started_at is not null)::int
				from delivery.send s where s.tenant_id = ? and s.id = ?
				""").params(this.tenant.value(), id.value()).query(Integer.class).single();
	}

	private static final class Databases {

		private static final TestDatabase DISPATCH = TestDatabase.separate("waypost_dispatch");

	}

}
