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
import io.waypost.audience.language.Condition;
import io.waypost.audience.language.Fact;
import io.waypost.audience.language.Reading;
import io.waypost.audience.language.SegmentLanguage;
import io.waypost.consent.Topics;
import io.waypost.ingestion.Event;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import io.waypost.kernel.TimeOrderedIds;
import io.waypost.ledger.Ledger;
import io.waypost.testing.MutableClock;
import io.waypost.testing.TestDatabase;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;

/** The room built by hand over a test database, with people written straight into it. */
final class AudienceRoom {

	static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

	final TestDatabase database = TestDatabase.migrated();

	final TenantId tenant = TestDatabase.newTenant();

	final MutableClock clock = MutableClock.at(NOW);

	final IdGenerator ids = new TimeOrderedIds(this.clock, RandomGenerator.getDefault());

	final Ledger ledger = new Ledger(this.database.dataSource(), this.database.transactionManager());

	final SegmentRows segmentRows = new SegmentRows(this.database.client());

	final Definitions definitions = new Definitions(this.segmentRows);

	final Census census = new Census(this.database.client(), new Actions(this.database.client()));

	final PersonRows personRows = new PersonRows(this.database.client());

	final Queue queue = new Queue(this.database.client(), this.clock);

	final Segments segments;

	final AudienceRows audienceRows = new AudienceRows(this.database.client(), this.census);

	AudienceRoom() {
		this.segments = new Segments(this.segmentRows, this.definitions, this.census,
				new Hints(this.database.client(), hintTopics()), this.ledger, this.clock);
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

	Freezing freeze(int maxSize, String segment) {
		return freeze(maxSize, segment, 1);
	}

	Freezing freeze(int maxSize, String segment, double drawn) {
		return inTransaction(() -> audiences(maxSize).freeze(this.tenant, "user:test", segment, NOW, drawn));
	}

	<T> T inTransaction(Supplier<T> work) {
		return this.database.transactions().execute((status) -> work.get());
	}

	/** Writes people as reading them would, and hands in what they did as events. */
	void add(List<Somebody> everybody) {
		this.personRows.write(this.tenant, LocalDate.ofInstant(NOW, ZoneOffset.UTC),
				everybody.stream().map(AudienceRoom::row).toList());
		List<Event> events = new ArrayList<>();
		everybody.forEach((somebody) -> somebody.history().forEach((done) -> events.add(event(somebody, done))));
		this.queue.put(this.tenant, Deeds.of(events));
		Map<ProfileId, ProfileId> survivors = everybody.stream()
			.collect(Collectors.toMap(Somebody::profile, Somebody::profile));
		inTransaction(() -> this.queue.keep(new Queue.Share(this.tenant, waiting()), survivors));
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
	List<ProfileId> find(Condition condition, Instant asOf, Function<String, Condition> others) {
		Question counting = question(asOf, others);
		String where = counting.where(condition);
		List<ProfileId> counted = people(counting,
				"select person.profile_id from %s where person.tenant_id = :tenant and %s".formatted(counting.from(),
						where));
		Question freezing = question(asOf, others);
		String hit = Selection.hit(freezing, condition);
		assertThat(people(freezing, "with %s select profile_id from hit".formatted(hit))).as("frozen as counted")
			.containsExactlyInAnyOrderElementsOf(counted);
		return counted;
	}

	private Question question(Instant asOf, Function<String, Condition> others) {
		return new Question(this.tenant, asOf, others, new Actions(this.database.client()));
	}

	private List<ProfileId> people(Question question, String sql) {
		return this.database.client()
			.sql(sql)
			.params(question.parameters())
			.query((row, number) -> new ProfileId(row.getObject(1, UUID.class)))
			.list();
	}

	ProfileId profile() {
		return new ProfileId(this.ids.next());
	}

	/** Somebody of whom only the indispensable is known. */
	Somebody somebody(Map<Fact, Object> facts) {
		Map<Fact, Object> all = new HashMap<>(Map.of(Fact.STAGE, "prospect", Fact.SCORE, BigDecimal.ZERO, Fact.ORDERS,
				BigDecimal.ZERO, Fact.SINCE_SEEN, NOW.minus(Duration.ofDays(40))));
		all.putAll(facts);
		return new Somebody(profile(), all, Set.of(), Set.of(), List.of());
	}

	static Condition condition(String definition) {
		return ((Reading.Read) SegmentLanguage.read(definition)).condition();
	}

	private Topics hintTopics() {
		return Mockito.mock(Topics.class);
	}

	private Event event(Somebody somebody, Somebody.Done done) {
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

	private static PersonRows.Row row(Somebody somebody) {
		Map<Fact, Object> facts = somebody.facts();
		return new PersonRows.Row(
				Arrays.asList(somebody.profile().value(), facts.get(Fact.SINCE_SEEN), facts.get(Fact.COUNTRY),
						facts.get(Fact.LANGUAGE), facts.get(Fact.LOCALE), facts.get(Fact.TIME_ZONE),
						facts.containsKey(Fact.EMAIL), facts.get(Fact.STAGE), facts.get(Fact.SCORE),
						facts.get(Fact.ORDERS), facts.get(Fact.SPENT), facts.get(Fact.AVERAGE_ORDER),
						facts.get(Fact.SINCE_FIRST_ORDER), facts.get(Fact.SINCE_ORDER), facts.get(Fact.SINCE_OPEN),
						facts.get(Fact.SINCE_CLICK), facts.get(Fact.TOP_CATEGORY), facts.get(Fact.DEVICE)),
				String.join(",", somebody.granted()), String.join(",", somebody.refused()));
	}

}
