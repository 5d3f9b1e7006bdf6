package io.waypost.audience.segment;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.waypost.audience.AudienceFixture;
import io.waypost.audience.AudienceTestProfile;
import io.waypost.audience.AudienceTestProfile.TestActivity;
import io.waypost.audience.language.Condition;
import io.waypost.audience.language.RandomConditions;
import io.waypost.audience.language.SegmentAttribute;
import io.waypost.audience.language.SegmentLanguage;
import io.waypost.kernel.ProfileId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The core proof: the SQL finds whom the language means, for random conditions over
 * random histories.
 */
class SegmentSqlCompilerIntegrationTests {

	private static final long SEED = 20261122;

	private static final int PEOPLE = 250;

	private static final int CONDITIONS = 600;

	private final AudienceFixture room = new AudienceFixture();

	private final Random random = new Random(SEED);

	@Test
	void findsWhomTheLanguageMeans() {
		System.out.println("People and conditions from seed " + SEED);
		List<AudienceTestProfile> everybody = new ArrayList<>();
		for (int i = 0; i < PEOPLE; i++) {
			everybody.add(somebody());
		}
		this.room.add(everybody);
		Map<String, Condition> segments = segments();
		RandomConditions conditions = new RandomConditions(this.random, List.copyOf(segments.keySet()));
		int decisive = 0;
		for (int i = 0; i < CONDITIONS; i++) {
			Condition condition = conditions.next(i % 5);
			Instant asOf = (i % 3 == 0) ? AudienceFixture.NOW.minus(Duration.ofHours(this.random.nextInt(400)))
					: AudienceFixture.NOW;
			List<ProfileId> meant = everybody.stream()
				.filter((somebody) -> somebody.fulfils(condition, asOf, segments::get))
				.map(AudienceTestProfile::profile)
				.toList();
			assertThat(this.room.find(condition, asOf, segments::get)).as(SegmentLanguage.format(condition))
				.containsExactlyInAnyOrderElementsOf(meant);
			decisive += (meant.isEmpty() || meant.size() == PEOPLE) ? 0 : 1;
		}
		assertThat(decisive).as("conditions that tell people apart").isGreaterThan(CONDITIONS / 2);
	}

	@Test
	void readsWindowsToTheMicrosecond() {
		Instant edge = AudienceFixture.NOW.minus(Duration.ofDays(7));
		AudienceTestProfile inside = doing(edge.plusNanos(1000));
		AudienceTestProfile outside = doing(edge);
		AudienceTestProfile now = doing(AudienceFixture.NOW);
		AudienceTestProfile later = doing(AudienceFixture.NOW.plusNanos(1000));
		this.room.add(List.of(inside, outside, now, later));
		assertThat(find("did 'Signed Up' in 7 days")).containsExactlyInAnyOrder(inside.profile(), now.profile());
		assertThat(find("never did 'Signed Up'")).containsExactly(later.profile());
	}

	@Test
	void countsAnEventOfTwoCategoriesOnce() {
		AudienceTestProfile buyer = with(
				new TestActivity("Order Completed", List.of("Garden", "Kitchen"), AudienceFixture.NOW, BigDecimal.TEN));
		this.room.add(List.of(buyer));
		assertThat(find("did 'Order Completed' exactly 1 time")).containsExactly(buyer.profile());
		assertThat(find("did 'Order Completed' where category is Kitchen exactly 1 time"))
			.containsExactly(buyer.profile());
		assertThat(find("did 'Order Completed' worth at least 10.0001")).isEmpty();
		assertThat(find("did 'Order Completed' worth at least 10")).containsExactly(buyer.profile());
	}

	@Test
	void keepsTenantsApart() {
		AudienceFixture other = new AudienceFixture();
		AudienceTestProfile theirs = new AudienceTestProfile(other.profile(), other.testProfile(Map.of()).facts(),
				Set.of(), Set.of(),
				List.of(new TestActivity("Order Completed", List.of(), AudienceFixture.NOW, BigDecimal.ONE)));
		other.add(List.of(theirs));
		AudienceTestProfile ours = this.room.testProfile(Map.of());
		this.room.add(List.of(ours));
		assertThat(find("everyone")).containsExactly(ours.profile());
		assertThat(find("did 'Order Completed'")).isEmpty();
		assertThat(find("never did 'Order Completed'")).containsExactly(ours.profile());
	}

	@Test
	void takesNoWordForSql() {
		AudienceTestProfile ours = this.room.testProfile(Map.of(SegmentAttribute.TOP_CATEGORY, "' or true --"));
		this.room.add(List.of(ours, this.room.testProfile(Map.of(SegmentAttribute.TOP_CATEGORY, ":tenant ?"))));
		assertThat(find("top category is \"' or true --\"")).containsExactly(ours.profile());
		assertThat(find("did '); drop table audience.deed; --' or consents to x")).isEmpty();
	}

	private List<ProfileId> find(String definition) {
		return this.room.find(AudienceFixture.condition(definition), AudienceFixture.NOW,
				(name) -> new Condition.Everyone());
	}

	private static Map<String, Condition> segments() {
		return Map.of("engaged", AudienceFixture.condition("engagement score >= 50 or did 'Product Viewed' in 10 days"),
				"lapsed", AudienceFixture.condition("lifecycle stage is lapsed and not days since last order < 30"));
	}

	private AudienceTestProfile doing(Instant at) {
		return with(new TestActivity("Signed Up", List.of(), at, BigDecimal.ZERO));
	}

	private AudienceTestProfile with(TestActivity done) {
		AudienceTestProfile somebody = this.room.testProfile(Map.of());
		return new AudienceTestProfile(somebody.profile(), somebody.facts(), Set.of(), Set.of(), List.of(done));
	}

	private AudienceTestProfile somebody() {
		Map<SegmentAttribute, Object> facts = new HashMap<>();
		for (SegmentAttribute fact : SegmentAttribute.values()) {
			boolean always = fact == SegmentAttribute.STAGE || fact == SegmentAttribute.SCORE
					|| fact == SegmentAttribute.ORDERS || fact == SegmentAttribute.SINCE_SEEN;
			if (always || this.random.nextInt(4) > 0) {
				facts.put(fact, value(fact));
			}
		}
		Set<String> granted = new HashSet<>();
		Set<String> refused = new HashSet<>();
		for (String topic : RandomConditions.TOPICS) {
			int answer = this.random.nextInt(3);
			if (answer < 2) {
				((answer == 0) ? granted : refused).add(topic);
			}
		}
		List<TestActivity> history = new ArrayList<>();
		for (int i = 0; i < this.random.nextInt(14); i++) {
			history.add(new TestActivity(pick(RandomConditions.EVENTS), categories(), moment(),
					BigDecimal.valueOf(this.random.nextInt(9000), 2)));
		}
		return new AudienceTestProfile(this.room.profile(), facts, granted, refused, history);
	}

	private Object value(SegmentAttribute fact) {
		return switch (fact.type()) {
			case TEXT -> pick(RandomConditions.values(fact));
			case PRESENCE -> true;
			case DAYS -> moment();
			case NUMBER -> (fact == SegmentAttribute.SPENT || fact == SegmentAttribute.AVERAGE_ORDER)
					? BigDecimal.valueOf(this.random.nextInt(200) * 50L, 2)
					: BigDecimal.valueOf(this.random.nextInt((fact == SegmentAttribute.ORDERS) ? 4 : 101));
		};
	}

	private List<String> categories() {
		Set<String> categories = new LinkedHashSet<>();
		for (int i = 0; i < this.random.nextInt(3); i++) {
			categories.add(pick(RandomConditions.CATEGORIES));
		}
		return List.copyOf(categories);
	}

	/** Often just where a window or a day ends. */
	private Instant moment() {
		Instant day = AudienceFixture.NOW.minus(Duration.ofDays(this.random.nextInt(60)));
		return switch (this.random.nextInt(5)) {
			case 0 -> day;
			case 1 -> day.plusNanos(1000);
			case 2 -> day.minusNanos(1000);
			default -> day.minusSeconds(this.random.nextInt(86_400)).minusNanos(this.random.nextInt(1_000_000) * 1000L);
		};
	}

	private <T> T pick(List<T> choices) {
		return choices.get(this.random.nextInt(choices.size()));
	}

}
