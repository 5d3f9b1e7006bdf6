package io.waypost.audience;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waypost.audience.freeze.AudienceFreezer;
import io.waypost.audience.freeze.AudienceRepository;
import io.waypost.audience.language.Condition;
import io.waypost.audience.language.ParseResult;
import io.waypost.audience.language.SegmentAttribute;
import io.waypost.audience.language.SegmentLanguage;
import io.waypost.audience.projection.ActivityTypeRepository;
import io.waypost.audience.projection.ProjectionFixture;
import io.waypost.audience.segment.MatchingProfilesSql;
import io.waypost.audience.segment.SegmentEvaluator;
import io.waypost.audience.segment.SegmentHints;
import io.waypost.audience.segment.SegmentRepository;
import io.waypost.audience.segment.SegmentSqlCompiler;
import io.waypost.audience.segment.SegmentValidator;
import io.waypost.consent.Topics;
import io.waypost.database.AdvisoryLocks;
import io.waypost.database.JsonColumn;
import io.waypost.identity.ProfilesMerged.Merge;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import io.waypost.kernel.UuidV7Generator;
import io.waypost.ledger.Ledger;
import io.waypost.testing.MutableClock;
import io.waypost.testing.TestDatabase;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;

/** Segments and audiences over a test database. */
public final class AudienceFixture {

	public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

	final TestDatabase database = TestDatabase.migrated();

	final TenantId tenant = TestDatabase.newTenant();

	final MutableClock clock = MutableClock.at(NOW);

	final IdGenerator ids = new UuidV7Generator(this.clock, RandomGenerator.getDefault());

	final Ledger ledger = new Ledger(this.database.dataSource(), this.database.transactionManager());

	final SegmentRepository segmentRepository = new SegmentRepository(this.database.client());

	final ActivityTypeRepository activityTypes = new ActivityTypeRepository(this.database.client());

	final SegmentEvaluator evaluator = new SegmentEvaluator(this.database.client(), this.activityTypes);

	final Segments segments = new Segments(this.segmentRepository, new SegmentValidator(this.segmentRepository),
			this.evaluator, new SegmentHints(this.database.client(), Mockito.mock(Topics.class)),
			new AdvisoryLocks(this.database.client()), this.ledger, this.clock);

	final AudienceRepository audienceRepository = new AudienceRepository(this.database.client(), this.evaluator,
			new JsonColumn(new ObjectMapper()));

	private final ProjectionFixture projection = new ProjectionFixture(this.database, this.tenant, this.clock,
			this.ids);

	Audiences audiences(int maxSize) {
		AudienceSettings settings = new AudienceSettings(maxSize, Duration.ofSeconds(1), 0.1, Duration.ofSeconds(60),
				false);
		return new Audiences(new AudienceFreezer(this.segmentRepository, this.audienceRepository, settings, this.ids,
				this.ledger, new SimpleMeterRegistry(), this.clock), this.audienceRepository);
	}

	/** Adds a live segment. */
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

	FreezeResult freeze(int maxSize, String segment, double sampleShare) {
		return inTransaction(() -> audiences(maxSize).freeze(this.tenant, "user:test", segment, NOW, sampleShare));
	}

	<T> T inTransaction(Supplier<T> work) {
		return this.database.transactions().execute((status) -> work.get());
	}

	/** Adds profiles with their attributes and activities. */
	public void add(List<AudienceTestProfile> profiles) {
		this.projection.add(profiles, LocalDate.ofInstant(NOW, ZoneOffset.UTC));
	}

	/** Merges profiles; afterwards their survivors are queued. */
	void merge(Merge... merges) {
		this.projection.merge(merges);
		assertThat(this.projection.queued()).isNotEmpty();
	}

	/**
	 * Finds profiles by SQL, with the statement for counting and the one for freezing.
	 */
	public List<ProfileId> find(Condition condition, Instant asOf, Function<String, Condition> segments) {
		SegmentSqlCompiler counting = compiler(asOf, segments);
		String where = counting.where(condition);
		List<ProfileId> counted = profiles(counting,
				"select profile.profile_id from %s where profile.tenant_id = :tenant and %s".formatted(counting.from(),
						where));
		SegmentSqlCompiler freezing = compiler(asOf, segments);
		String matching = MatchingProfilesSql.matching(freezing, condition);
		assertThat(profiles(freezing, "with %s select profile_id from matching".formatted(matching)))
			.as("both statements find the same profiles")
			.containsExactlyInAnyOrderElementsOf(counted);
		return counted;
	}

	private SegmentSqlCompiler compiler(Instant asOf, Function<String, Condition> segments) {
		return new SegmentSqlCompiler(this.tenant, asOf, segments, this.activityTypes);
	}

	private List<ProfileId> profiles(SegmentSqlCompiler compiler, String sql) {
		return this.database.client()
			.sql(sql)
			.params(compiler.parameters())
			.query((row, number) -> new ProfileId(row.getObject(1, UUID.class)))
			.list();
	}

	public ProfileId profileId() {
		return new ProfileId(this.ids.next());
	}

	/**
	 * Creates a profile with the attributes that every profile has, and the given ones.
	 */
	public AudienceTestProfile testProfile(Map<SegmentAttribute, Object> attributes) {
		Map<SegmentAttribute, Object> all = new HashMap<>(Map.of(SegmentAttribute.STAGE, "prospect",
				SegmentAttribute.SCORE, BigDecimal.ZERO, SegmentAttribute.ORDERS, BigDecimal.ZERO,
				SegmentAttribute.SINCE_SEEN, NOW.minus(Duration.ofDays(40))));
		all.putAll(attributes);
		return new AudienceTestProfile(profileId(), all, Set.of(), Set.of(), List.of());
	}

	public static Condition condition(String definition) {
		return ((ParseResult.ParsedCondition) SegmentLanguage.parse(definition)).condition();
	}

}
