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
 * Compares the SQL with an independent evaluation, for random conditions on random
 * profiles.
 */
class SegmentSqlCompilerIntegrationTests {

	private static final long SEED = 20261122;

	private static final int PEOPLE = 250;

	private static final int CONDITIONS = 600;

	private final AudienceFixture fixture = new AudienceFixture();

	private final Random random = new Random(SEED);

	@Test
	void findsTheProfilesThatMatch() {
		System.out.println("Profiles and conditions from seed " + SEED);
		List<AudienceTestProfile> profiles = new ArrayList<>();
		for (int i = 0; i < PEOPLE; i++) {
			profiles.add(randomProfile());
		}
		this.fixture.add(profiles);
		Map<String, Condition> segments = segments();
		RandomConditions conditions = new RandomConditions(this.random, List.copyOf(segments.keySet()));
		int decisive = 0;
		for (int i = 0; i < CONDITIONS; i++) {
			Condition condition = conditions.next(i % 5);
			Instant asOf = (i % 3 == 0) ? AudienceFixture.NOW.minus(Duration.ofHours(this.random.nextInt(400)))
					: AudienceFixture.NOW;
			List<ProfileId> expected = profiles.stream()
				.filter((profile) -> profile.matches(condition, asOf, segments::get))
				.map(AudienceTestProfile::id)
				.toList();
			assertThat(this.fixture.find(condition, asOf, segments::get)).as(SegmentLanguage.format(condition))
				.containsExactlyInAnyOrderElementsOf(expected);
			decisive += (expected.isEmpty() || expected.size() == PEOPLE) ? 0 : 1;
		}
		assertThat(decisive).as("conditions that match some profiles").isGreaterThan(CONDITIONS / 2);
	}

	@Test
	void readsWindowsToTheMicrosecond() {
		Instant edge = AudienceFixture.NOW.minus(Duration.ofDays(7));
		AudienceTestProfile inside = doing(edge.plusNanos(1000));
		AudienceTestProfile outside = doing(edge);
		AudienceTestProfile now = doing(AudienceFixture.NOW);
		AudienceTestProfile later = doing(AudienceFixture.NOW.plusNanos(1000));
		this.fixture.add(List.of(inside, outside, now, later));
		assertThat(find("did 'Signed Up' in 7 days")).containsExactlyInAnyOrder(inside.id(), now.id());
		assertThat(find("never did 'Signed Up'")).containsExactly(later.id());
	}

	@Test
	void countsAnEventOfTwoCategoriesOnce() {
		AudienceTestProfile buyer = with(
				new TestActivity("Order Completed", List.of("Garden", "Kitchen"), AudienceFixture.NOW, BigDecimal.TEN));
		this.fixture.add(List.of(buyer));
		assertThat(find("did 'Order Completed' exactly 1 time")).containsExactly(buyer.id());
		assertThat(find("did 'Order Completed' where category is Kitchen exactly 1 time")).containsExactly(buyer.id());
		assertThat(find("did 'Order Completed' worth at least 10.0001")).isEmpty();
		assertThat(find("did 'Order Completed' worth at least 10")).containsExactly(buyer.id());
	}

	@Test
	void keepsTenantsApart() {
		AudienceFixture other = new AudienceFixture();
		AudienceTestProfile theirs = new AudienceTestProfile(other.profileId(),
				other.testProfile(Map.of()).attributes(), Set.of(), Set.of(),
				List.of(new TestActivity("Order Completed", List.of(), AudienceFixture.NOW, BigDecimal.ONE)));
		other.add(List.of(theirs));
		AudienceTestProfile ours = this.fixture.testProfile(Map.of());
		this.fixture.add(List.of(ours));
		assertThat(find("everyone")).containsExactly(ours.id());
		assertThat(find("did 'Order Completed'")).isEmpty();
		assertThat(find("never did 'Order Completed'")).containsExactly(ours.id());
	}

	@Test
	void preventsSqlInjection() {
		AudienceTestProfile ours = this.fixture.testProfile(Map.of(SegmentAttribute.TOP_CATEGORY, "' or true --"));
		this.fixture.add(List.of(ours, this.fixture.testProfile(Map.of(SegmentAttribute.TOP_CATEGORY, ":tenant ?"))));
		assertThat(find("top category is \"' or true --\"")).containsExactly(ours.id());
		assertThat(find("did '); drop table audience.activity; --' or consents to x")).isEmpty();
	}

	private List<ProfileId> find(String definition) {
		return this.fixture.find(AudienceFixture.condition(definition), AudienceFixture.NOW,
				(name) -> new Condition.Everyone());
	}

	private static Map<String, Condition> segments() {
		return Map.of("engaged", AudienceFixture.condition("engagement score >= 50 or did 'Product Viewed' in 10 days"),
				"lapsed", AudienceFixture.condition("lifecycle stage is lapsed and not days since last order < 30"));
	}

	private AudienceTestProfile doing(Instant at) {
		return with(new TestActivity("Signed Up", List.of(), at, BigDecimal.ZERO));
	}

	private AudienceTestProfile with(TestActivity activity) {
		AudienceTestProfile profile = this.fixture.testProfile(Map.of());
		return new AudienceTestProfile(profile.id(), profile.attributes(), Set.of(), Set.of(), List.of(activity));
	}

	private AudienceTestProfile randomProfile() {
		Map<SegmentAttribute, Object> attributes = new HashMap<>();
		for (SegmentAttribute attribute : SegmentAttribute.values()) {
			boolean always = attribute == SegmentAttribute.STAGE || attribute == SegmentAttribute.SCORE
					|| attribute == SegmentAttribute.ORDERS || attribute == SegmentAttribute.SINCE_SEEN;
			if (always || this.random.nextInt(4) > 0) {
				attributes.put(attribute, value(attribute));
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
		List<TestActivity> activities = new ArrayList<>();
		for (int i = 0; i < this.random.nextInt(14); i++) {
			activities.add(new TestActivity(pick(RandomConditions.EVENTS), categories(), time(),
					BigDecimal.valueOf(this.random.nextInt(9000), 2)));
		}
		return new AudienceTestProfile(this.fixture.profileId(), attributes, granted, refused, activities);
	}

	private Object value(SegmentAttribute attribute) {
		return switch (attribute.type()) {
			case TEXT -> pick(RandomConditions.values(attribute));
			case PRESENCE -> true;
			case DAYS -> time();
			case NUMBER -> (attribute == SegmentAttribute.SPENT || attribute == SegmentAttribute.AVERAGE_ORDER)
					? BigDecimal.valueOf(this.random.nextInt(200) * 50L, 2)
					: BigDecimal.valueOf(this.random.nextInt((attribute == SegmentAttribute.ORDERS) ? 4 : 101));
		};
	}

	private List<String> categories() {
		Set<String> categories = new LinkedHashSet<>();
		for (int i = 0; i < this.random.nextInt(3); i++) {
			categories.add(pick(RandomConditions.CATEGORIES));
		}
		return List.copyOf(categories);
	}

	/** Often exactly at the end of a window or a day. */
	private Instant time() {
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
