package io.waypost.delivery.dispatch;

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

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waypost.access.limit.TenantLimits;
import io.waypost.access.limit.TestLimits;
import io.waypost.consent.SendPermission;
import io.waypost.content.BrandKit;
import io.waypost.content.EmailDraft;
import io.waypost.content.RenderedEmail;
import io.waypost.database.AdvisoryLocks;
import io.waypost.database.JsonColumn;
import io.waypost.delivery.CampaignSendControl;
import io.waypost.delivery.CampaignSends;
import io.waypost.delivery.ContentClearance;
import io.waypost.delivery.DeliverySettings;
import io.waypost.delivery.JourneySends;
import io.waypost.delivery.RecentSends;
import io.waypost.delivery.queue.DailySendQuota;
import io.waypost.delivery.Send;
import io.waypost.delivery.SendRequest;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.SendUpdate;
import io.waypost.delivery.SharedContents;
import io.waypost.delivery.content.ExplanationPageRepository;
import io.waypost.delivery.esp.ConfiguredEsps;
import io.waypost.delivery.esp.EspSettings;
import io.waypost.delivery.esp.failover.EspRegistry;
import io.waypost.delivery.outbox.MessageEventOutbox;
import io.waypost.delivery.outcome.SendOutcome;
import io.waypost.delivery.outcome.SendOutcomeRepository;
import io.waypost.delivery.outcome.TestOutcomes;
import io.waypost.delivery.queue.ClaimedSend;
import io.waypost.delivery.queue.DispatchSignal;
import io.waypost.delivery.queue.SendClaimer;
import io.waypost.delivery.queue.TestClaimer;
import io.waypost.delivery.store.SendLedger;
import io.waypost.delivery.tracking.LinkSigningKeys;
import io.waypost.delivery.tracking.SendEventRepository;
import io.waypost.delivery.tracking.TrackingLinks;
import io.waypost.identity.AddressHash;
import io.waypost.identity.ContactDetails;
import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import io.waypost.kernel.UuidV7Generator;
import io.waypost.ledger.Ledger;
import io.waypost.testing.MutableClock;
import io.waypost.testing.TestDatabase;
import org.jspecify.annotations.Nullable;

import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The classes of delivery with a real database; functions replace lower modules. The
 * queue is not separated by tenant, so these tests have their own database and each
 * fixture starts with an empty queue.
 */
public class DispatchFixture {

	public static final String MARKETING = "marketing";

	static final String SERVICE = "service";

	public final TenantId tenant = TestDatabase.newTenant();

	public final JdbcClient jdbc;

	public final TransactionTemplate transaction;

	public final AdvisoryLocks locks;

	public final MutableClock clock;

	public final IdGenerator ids;

	static final int BATCH = 50;

	public final Ledger ledger;

	/** Quotas of tenants; there are none by default. */
	public final TenantLimits limits;

	final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

	public final DispatchSignal signal = new DispatchSignal();

	public final JsonColumn json = new JsonColumn(Jackson2ObjectMapperBuilder.json().build());

	final DeliverySettings settings;

	public final SendLedger sendLedger;

	public final List<FakeEsp> esps;

	final EspRegistry registry;

	public final Set<ProfileId> forbidden = ConcurrentHashMap.newKeySet();

	final Map<ProfileId, ContactDetails> people = new ConcurrentHashMap<>();

	public final JourneySends sends;

	public final CampaignSends campaigns;

	public final CampaignSendControl campaignControl;

	public final SharedContents contents;

	public final RecentSends recent;

	public final SendEventRepository events;

	public final TestOutcomes.Reconciler reconciler;

	public final SendClaimer claimer;

	public final SendOutcomeRepository outcomes;

	volatile @Nullable RuntimeException permissionFault;

	volatile @Nullable RuntimeException renderFault;

	volatile Runnable beforeAddressRead = () -> {
	};

	volatile LongSupplier ticker = System::nanoTime;

	public DispatchFixture(MutableClock clock, String... espNames) {
		this(clock, Arrays.stream(espNames).map(FakeEsp::new).toList());
	}

	DispatchFixture(MutableClock clock, List<FakeEsp> esps) {
		TestDatabase database = Databases.DISPATCH;
		this.jdbc = database.client();
		this.jdbc.sql("update delivery.send set status = 'dead', reason = 'test' where status <> 'dead'").update();
		// The campaigns of earlier tests would get their share of each claim
		this.jdbc.sql("delete from delivery.queue").update();
		this.transaction = database.transactions();
		this.locks = new AdvisoryLocks(this.jdbc);
		this.clock = clock;
		this.ids = new UuidV7Generator(clock, RandomGenerator.getDefault());
		this.ledger = new Ledger(database.dataSource(), database.transactionManager());
		this.settings = settings();
		this.esps = esps;
		this.registry = new EspRegistry(ConfiguredEsps.of(this.esps.stream().map(DispatchFixture::configured).toList()),
				this.settings, clock);
		MessageEventOutbox outbox = new MessageEventOutbox(this.jdbc, this.json, "");
		SharedContents contents = new SharedContents(this.jdbc, this.json, clock);
		this.sendLedger = new SendLedger(this.ledger, clock);
		this.contents = contents;
		this.limits = TestLimits.of(this.jdbc, this.ledger, clock);
		DailySendQuota quota = new DailySendQuota(this.jdbc, this.locks, this.limits, clock);
		this.sends = new JourneySends(this.jdbc, this.signal, quota, this.settings, this.json, this.ids, clock);
		this.campaignControl = new CampaignSendControl(this.jdbc, this.transaction, this.locks, this.sendLedger,
				this.signal, this.ids, clock);
		this.campaigns = new CampaignSends(this.jdbc, this.transaction, this.locks, this.campaignControl, contents,
				new ExplanationPageRepository(this.jdbc, this.json), this.sendLedger, this.signal, quota, this.settings,
				this.ids, clock);
		this.recent = new RecentSends(this.jdbc, this.locks);
		this.events = new SendEventRepository(this.jdbc, this.transaction, outbox, this.ledger, clock);
		this.claimer = TestClaimer.create(this.jdbc, this.transaction, contents, this::permit, this.registry,
				this.ledger, this.settings, this.json, clock);
		TestOutcomes testOutcomes = new TestOutcomes(this.jdbc, this.transaction, outbox, this.ledger, this.signal,
				this.settings, this.metrics);
		this.reconciler = testOutcomes.reconciler(clock);
		this.outcomes = testOutcomes.repository(this.registry, this.events, this.sendLedger, this.ids);
	}

	private static DeliverySettings settings() {
		return new DeliverySettings(BATCH, 100 + BATCH * Dispatcher.PREPARER_THREADS, 20, Duration.ofMillis(100),
				Duration.ofMinutes(2), Duration.ofMinutes(15), Duration.ofHours(1), 4, Duration.ofSeconds(15), 3,
				Duration.ofSeconds(60), Duration.ofSeconds(10), Set.of(SERVICE), true, Set.of(),
				"a secret of thirty-two characters or more", List.of());
	}

	private static ConfiguredEsps.ConfiguredEsp configured(FakeEsp esp) {
		EspSettings sandbox = EspSettings.sandbox();
		return new ConfiguredEsps.ConfiguredEsp(sandbox, esp);
	}

	public TrackingLinks links() {
		return new TrackingLinks(
				new LinkSigningKeys("https://mail.example.com", "a secret of thirty-two characters or more", List.of()),
				this.jdbc);
	}

	EspSubmitter submitter() {
		EmailComposer composer = new EmailComposer((draft, brand, firstName, reason, recipientLinks) -> {
			if (this.renderFault != null) {
				throw this.renderFault;
			}
			return RenderedEmail.of(draft.subject(), "<p>" + draft.headline() + "</p>", draft.headline());
		}, links(), this.settings);
		return new EspSubmitter((tenant, profiles) -> open(profiles),
				(tenant, address) -> new AddressHash(hash(address)), (tenant) -> this.brand, composer, this.registry,
				this.settings, this.metrics, this.clock, () -> this.ticker.getAsLong());
	}

	Dispatcher dispatcher() {
		return new Dispatcher(this.claimer, submitter(), this.outcomes, this.registry, this.signal, this.settings,
				this.metrics);
	}

	/** Claims, prepares, submits and saves once. */
	public List<SendOutcome> dispatchOnce() {
		return dispatch(this.claimer.claim(50).toSubmit());
	}

	/** Prepares, submits and saves. */
	public List<SendOutcome> dispatch(List<ClaimedSend> claimed) {
		List<SendOutcome> outcomes = new ArrayList<>();
		EspSubmitter submitter = submitter();
		submitter.prepare(claimed, outcomes::add).forEach((ready) -> outcomes.add(submitter.submit(ready)));
		this.outcomes.save(outcomes);
		return outcomes;
	}

	private Map<ProfileId, SendPermission> permit(TenantId tenant, String topic, Collection<ProfileId> profiles) {
		if (this.permissionFault != null) {
			throw this.permissionFault;
		}
		SendPermission.DecisionReference proof = new SendPermission.DecisionReference("consent", 1, null,
				List.of("rule"), 7L);
		Map<ProfileId, SendPermission> permissions = new HashMap<>();
		profiles.forEach((profile) -> permissions.put(profile, this.forbidden.contains(profile)
				? new SendPermission.Withheld("revoked", proof) : new SendPermission.Granted(proof)));
		return permissions;
	}

	private Map<ProfileId, ContactDetails> open(Collection<ProfileId> profiles) {
		this.beforeAddressRead.run();
		Map<ProfileId, ContactDetails> found = new HashMap<>();
		profiles.stream().filter(this.people::containsKey).forEach((id) -> found.put(id, this.people.get(id)));
		return found;
	}

	static String hash(EmailAddress address) {
		return "%064x".formatted(address.canonical().hashCode());
	}

	BrandKit brand = brand();

	static BrandKit brand() {
		return new BrandKit(1, "Shop", "hello@shop.example", List.of("Street 1"), "https://shop.example",
				"https://shop.example/logo.png", "#2457a6", Set.of("shop.example"), Set.of());
	}

	public static EmailDraft draft() {
		return new EmailDraft("en", "Your cart", "Still there", "It waits", List.of("Hello {{ first_name }}"),
				List.of(new EmailDraft.DraftItem("p1", "Lamp", "€10", 1, null, "https://shop.example/lamp")),
				new EmailDraft.CallToAction("Look", "https://shop.example/cart"), null);
	}

	public ProfileId profile(String address) {
		ProfileId id = new ProfileId(this.ids.next());
		this.people.put(id, new ContactDetails("u-" + id, new EmailAddress(address), "Ada", null, null));
		return id;
	}

	public Send plan(ProfileId profile, String topic) {
		return this.sends.plan(this.tenant, List.of(request(profile, topic))).getFirst();
	}

	public SendRequest request(ProfileId profile, String topic) {
		return new SendRequest(profile, new JourneyRunId(this.ids.next()), "cart-abandonment", "reminder",
				"cart-abandonment", topic, Map.of("event", "Product Added"), Map.of());
	}

	public Send queued(ProfileId profile, String topic) {
		Send send = plan(profile, topic);
		queue(List.of(send.id()));
		return send;
	}

	public Send queued() {
		return queued(profile("ada@example.com"), MARKETING);
	}

	public void queue(List<SendId> sends) {
		this.sends.save(this.tenant,
				sends.stream()
					.map((id) -> new SendUpdate(id, SendStatus.QUEUED, null, null, "a", draft(),
							cleared(Map.of("plan", Map.of("angle", "x")))))
					.toList());
	}

	/** Adds what permission check and inspection store about {@link #draft()}. */
	public static Map<String, Object> cleared(Map<String, Object> explanation) {
		return cleared(draft(), explanation);
	}

	/** Adds what permission check and inspection store about a draft. */
	public static Map<String, Object> cleared(EmailDraft draft, Map<String, Object> explanation) {
		Map<String, Object> cleared = new java.util.HashMap<>(explanation);
		cleared.put("permission", Map.of("permission", "GRANTED"));
		cleared.put(ContentClearance.INSPECTION,
				ContentClearance.inspected(draft, brand().visibleDigest(), "CONTINUE"));
		return cleared;
	}

	public Send state(SendId id) {
		return this.sends.read(this.tenant, List.of(id)).getFirst().send();
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
