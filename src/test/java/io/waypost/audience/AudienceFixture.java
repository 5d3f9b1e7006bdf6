package io.waypost.audience;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waypost.audience.freeze.AudienceRepository;
import io.waypost.audience.language.Condition;
import io.waypost.audience.language.ParseResult;
import io.waypost.audience.language.SegmentAttribute;
import io.waypost.audience.language.SegmentLanguage;
import io.waypost.audience.projection.Activities;
import io.waypost.audience.projection.ActivityTypeRepository;
import io.waypost.audience.projection.ProfileAttributesRepository;
import io.waypost.audience.projection.ProjectionQueue;
import io.waypost.audience.segment.MatchingProfilesSql;
import io.waypost.audience.segment.SegmentEvaluator;
import io.waypost.audience.segment.SegmentHints;
import io.waypost.audience.segment.SegmentRepository;
import io.waypost.audience.segment.SegmentSqlCompiler;
import io.waypost.audience.segment.SegmentValidator;
import io.waypost.consent.Topics;
import io.waypost.ingestion.Event;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import io.waypost.kernel.UuidV7Generator;
import io.waypost.ledger.Ledger;
import io.waypost.testing.MutableClock;
import io.waypost.testing.TestDatabase;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;

/** The room built by hand over a test database, with people written straight into it. */
public final class AudienceFixture {

	public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

	final TestDatabase database = TestDatabase.migrated();

	final TenantId tenant = TestDatabase.newTenant();

	final MutableClock clock = MutableClock.at(NOW);

	final IdGenerator ids = new UuidV7Generator(this.clock, RandomGenerator.getDefault());

	final Ledger ledger = new Ledger(this.database.dataSource(), this.database.transactionManager());

	final SegmentRepository segmentRows = new SegmentRepository(this.database.client());

	final SegmentValidator definitions = new SegmentValidator(this.segmentRows);

	final SegmentEvaluator census = new SegmentEvaluator(this.database.client(),
			new ActivityTypeRepository(this.database.client()));

	final ProfileAttributesRepository personRows = new ProfileAttributesRepository(this.database.client());

	final ProjectionQueue queue = new ProjectionQueue(this.database.client(), this.clock);

	final Segments segments;

	final AudienceRepository audienceRows = new AudienceRepository(this.database.client(), this.census);

	public AudienceFixture() {
		this.segments = new Segments(this.segmentRows, this.definitions, this.census,
				new SegmentHints(this.database.client(), hintTopics()), this.ledger, this.clock);
	}

	Audiences audiences(int maxSize) {
		return new Audiences(this.segmentRows, this.audienceRows,
				new AudienceSettings(maxSize, Duration.ofSeconds(1), 0.1, Duration.ofSeconds(60), false), this.ids,
				this.ledger, new SimpleMeterRegistry(), this.clock);
	}

	/** A segment that is in force. */
	Segment live(String name, String definition) {
		return inTransaction(() -> {
			Segment added = this.segments.add(this.tenant, "user:test",
					new SegmentDraft(name, "What " + name + " means", "growth", definition));
			return this.segments.approve(this.tenant, "user:test", name, added.version()).orElseThrow();
		});
	}

	FreezeResult freeze(int maxSize, String segment) {
		return freeze(maxSize, segment, 1);
	}

	FreezeResult freeze(int maxSize, String segment, double drawn) {
		return inTransaction(() -> audiences(maxSize).freeze(this.tenant, "user:test", segment, NOW, drawn));
	}

	<T> T inTransaction(Supplier<T> work) {
		return this.database.transactions().execute((status) -> work.get());
	}

	/** Writes people as reading them would, and hands in what they did as events. */
	public void add(List<AudienceTestProfile> everybody) {
		this.personRows.write(this.tenant, LocalDate.ofInstant(NOW, ZoneOffset.UTC),
				everybody.stream().map(AudienceFixture::row).toList());
		List<Event> events = new ArrayList<>();
		everybody.forEach((somebody) -> somebody.history().forEach((done) -> events.add(event(somebody, done))));
		this.queue.enqueue(this.tenant, Activities.of(events));
		Map<ProfileId, ProfileId> survivors = everybody.stream()
			.collect(Collectors.toMap(AudienceTestProfile::profile, AudienceTestProfile::profile));
		inTransaction(
				() -> this.queue.storeActivities(new ProjectionQueue.QueuedBatch(this.tenant, waiting()), survivors));
		this.database.template().execute("analyze audience.person, audience.deed, audience.action");
	}

	List<Long> waiting() {
		return this.database.client()
			.sql("select id from audience.queue where tenant_id = ?")
			.param(this.tenant.value())
			.query(Long.class)
			.list();
	}

	/** Whom the SQL finds: as they are counted and as they are frozen. */
	public List<ProfileId> find(Condition condition, Instant asOf, Function<String, Condition> others) {
		SegmentSqlCompiler counting = question(asOf, others);
		String where = counting.where(condition);
		List<ProfileId> counted = people(counting,
				"select person.profile_id from %s where person.tenant_id = :tenant and %s".formatted(counting.from(),
						where));
		SegmentSqlCompiler freezing = question(asOf, others);
		String hit = MatchingProfilesSql.matching(freezing, condition);
		assertThat(people(freezing, "with %s select profile_id from hit".formatted(hit))).as("frozen as counted")
			.containsExactlyInAnyOrderElementsOf(counted);
		return counted;
	}

	private SegmentSqlCompiler question(Instant asOf, Function<String, Condition> others) {
		return new SegmentSqlCompiler(this.tenant, asOf, others, new ActivityTypeRepository(this.database.client()));
	}

	private List<ProfileId> people(SegmentSqlCompiler question, String sql) {
		return this.database.client()
			.sql(sql)
			.params(question.parameters())
			.query((row, number) -> new ProfileId(row.getObject(1, UUID.class)))
			.list();
	}

	public ProfileId profile() {
		return new ProfileId(this.ids.next());
	}

	/** Somebody of whom only the indispensable is known. */
	public AudienceTestProfile testProfile(Map<SegmentAttribute, Object> facts) {
		Map<SegmentAttribute, Object> all = new HashMap<>(Map.of(SegmentAttribute.STAGE, "prospect",
				SegmentAttribute.SCORE, BigDecimal.ZERO, SegmentAttribute.ORDERS, BigDecimal.ZERO,
				SegmentAttribute.SINCE_SEEN, NOW.minus(Duration.ofDays(40))));
		all.putAll(facts);
		return new AudienceTestProfile(profile(), all, Set.of(), Set.of(), List.of());
	}

	public static Condition condition(String definition) {
		return ((ParseResult.ParsedCondition) SegmentLanguage.parse(definition)).condition();
	}

	private Topics hintTopics() {
		return Mockito.mock(Topics.class);
	}

	private Event event(AudienceTestProfile somebody, AudienceTestProfile.TestActivity done) {
		ObjectNode properties = JsonNodeFactory.instance.objectNode().put("revenue", done.worth());
		ArrayNode products = JsonNodeFactory.instance.arrayNode();
		for (String category : done.categories()) {
			if (!properties.has("category")) {
				properties.put("category", category);
			}
			products.addObject().put("category", category);
		}
		properties.set("products", products);
		return new Event(this.ids.next(), somebody.profile(), "track", done.event(), properties,
				JsonNodeFactory.instance.objectNode(), done.at(), done.at(), this.ids.next().toString());
	}

	private static ProfileAttributesRepository.AttributesRow row(AudienceTestProfile somebody) {
		Map<SegmentAttribute, Object> facts = somebody.facts();
		return new ProfileAttributesRepository.AttributesRow(
				Arrays.asList(somebody.profile().value(), facts.get(SegmentAttribute.SINCE_SEEN),
						facts.get(SegmentAttribute.COUNTRY), facts.get(SegmentAttribute.LANGUAGE),
						facts.get(SegmentAttribute.LOCALE), facts.get(SegmentAttribute.TIME_ZONE),
						facts.containsKey(SegmentAttribute.EMAIL), facts.get(SegmentAttribute.STAGE),
						facts.get(SegmentAttribute.SCORE), facts.get(SegmentAttribute.ORDERS),
						facts.get(SegmentAttribute.SPENT), facts.get(SegmentAttribute.AVERAGE_ORDER),
						facts.get(SegmentAttribute.SINCE_FIRST_ORDER), facts.get(SegmentAttribute.SINCE_ORDER),
						facts.get(SegmentAttribute.SINCE_OPEN), facts.get(SegmentAttribute.SINCE_CLICK),
						facts.get(SegmentAttribute.TOP_CATEGORY), facts.get(SegmentAttribute.DEVICE)),
				String.join(",", somebody.granted()), String.join(",", somebody.refused()));
	}

}
