package io.waypost.audience;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.access.InvalidRequestException;
import io.waypost.audience.FreezeResult.AudienceFrozen;
import io.waypost.audience.FreezeResult.FreezeRefusal;
import io.waypost.audience.FreezeResult.FreezeRefused;
import io.waypost.audience.language.SegmentAttribute;
import io.waypost.identity.ProfilesMerged.Merge;
import io.waypost.kernel.ProfileId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Versions of segments and their frozen audiences. */
class AudiencesIntegrationTests {

	private final AudienceFixture fixture = new AudienceFixture();

	@Test
	void freezesEveryMemberOnceWithAPosition() {
		List<AudienceTestProfile> germans = people("DE", 25);
		people("AT", 7);
		this.fixture.live("germans", "country is DE");
		Audience audience = frozen("germans");
		assertThat(audience.size()).isEqualTo(25);
		assertThat(audience.versions()).isEqualTo(Map.of("germans", 1));
		assertThat(this.fixture.audienceRepository.find(this.fixture.tenant, audience.id())).contains(audience);
		List<ProfileId> first = members(audience, 1, 10);
		List<ProfileId> rest = members(audience, 11, 25);
		Set<ProfileId> all = new HashSet<>(first);
		all.addAll(rest);
		assertThat(first).hasSize(10);
		assertThat(rest).hasSize(15);
		assertThat(all).containsExactlyInAnyOrderElementsOf(germans.stream().map(AudienceTestProfile::id).toList());
		assertThat(first).as("not in the order of creation")
			.isNotEqualTo(first.stream().sorted(Comparator.comparing(ProfileId::value)).toList());
		assertThat(this.fixture.ledger.findBySubject(this.fixture.tenant, "audience:" + audience.id())).singleElement()
			.satisfies((entry) -> assertThat(entry.facts()).containsEntry("size", 25));
	}

	@Test
	void putsARandomSampleFirstAndTheOthersInIdOrder() {
		List<ProfileId> germans = people("DE", 300).stream().map(AudienceTestProfile::id).toList();
		this.fixture.live("germans", "country is DE");
		Audience audience = ((AudienceFrozen) this.fixture.freeze(1000, "germans", 0.2)).audience();
		List<ProfileId> sample = members(audience, 1, 60);
		List<ProfileId> others = members(audience, 61, 300);
		assertThat(others).isSortedAccordingTo(Comparator.comparing(ProfileId::toString)).hasSize(240);
		assertThat(sample.stream().mapToInt(germans::indexOf).average().orElseThrow()).as("spread over all members")
			.isBetween(100.0, 200.0);
		List<ProfileId> all = new ArrayList<>(sample);
		all.addAll(others);
		assertThat(all).containsExactlyInAnyOrderElementsOf(germans);
	}

	@Test
	void doesNotChangeAfterwards() {
		people("DE", 3);
		this.fixture.live("germans", "country is DE");
		Audience audience = frozen("germans");
		people("DE", 2);
		this.fixture.live("germans", "country is AT");
		assertThat(members(audience, 1, 100)).hasSize(3);
		assertThat(this.fixture.audienceRepository.find(this.fixture.tenant, audience.id()).orElseThrow().definition())
			.isEqualTo("country is DE");
	}

	@Test
	void refusesSegmentsItCannotFreezeAndStoresNothing() {
		people("DE", 4);
		this.fixture.live("germans", "country is DE");
		this.fixture.live("empty", "not everyone");
		this.fixture.inTransaction(() -> this.fixture.segments.add(this.fixture.tenant, "user:test",
				new SegmentDraft("draft", "not yet", "growth", "everyone")));
		this.fixture.inTransaction(() -> this.fixture.segments.add(this.fixture.tenant, "user:test",
				new SegmentDraft("on-draft", "refers to a draft", "growth", "in segment draft")));
		assertRefused(3, "germans", FreezeRefusal.TOO_LARGE, "3 members");
		assertRefused(100, "empty", FreezeRefusal.EMPTY, "preview");
		assertRefused(100, "germens", FreezeRefusal.UNKNOWN_SEGMENT, "germens");
		assertRefused(100, "draft", FreezeRefusal.NOT_APPROVED, "draft");
		this.fixture
			.inTransaction(() -> this.fixture.segments.approve(this.fixture.tenant, "user:test", "on-draft", 1));
		assertRefused(100, "on-draft", FreezeRefusal.NOT_APPROVED, "'draft'");
		for (String table : List.of("audience", "member")) {
			assertThat(this.fixture.database.client()
				.sql("select count(*) from audience." + table + " where tenant_id = ?")
				.param(this.fixture.tenant.value())
				.query(Long.class)
				.single()).isZero();
		}
		assertThat(this.fixture.freeze(4, "germans")).isInstanceOf(AudienceFrozen.class);
	}

	@Test
	void evaluatesTheLiveVersion() {
		people("DE", 2);
		people("AT", 5);
		this.fixture.live("europeans", "country is DE");
		this.fixture.inTransaction(() -> this.fixture.segments.add(this.fixture.tenant, "user:test",
				new SegmentDraft("europeans", "All known countries", "growth", "country is known")));
		assertThat(frozen("europeans").size()).isEqualTo(2);
		this.fixture
			.inTransaction(() -> this.fixture.segments.approve(this.fixture.tenant, "user:test", "europeans", 2));
		assertThat(frozen("europeans").version()).isEqualTo(2);
		assertThat(frozen("europeans").size()).isEqualTo(7);
		assertThat(this.fixture.ledger.findBySubject(this.fixture.tenant, "segment:europeans")).extracting("kind")
			.containsExactly("segment.defined", "segment.approved", "segment.defined", "segment.approved");
	}

	@Test
	void allowsReferencesBetweenSegmentsButNoCycles() {
		people("DE", 3);
		this.fixture.live("a", "country is DE");
		this.fixture.live("b", "in segment a or country is AT");
		this.fixture.live("c", "in segment b and not did 'Order Completed'");
		Audience audience = frozen("c");
		assertThat(audience.size()).isEqualTo(3);
		assertThat(audience.versions()).isEqualTo(Map.of("a", 1, "b", 1, "c", 1));
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> this.fixture.live("a", "in segment c"))
			.satisfies((invalid) -> assertThat(invalid.getBody().getDetail()).contains("\u2192", "refers to itself"));
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> this.fixture.live("d", "in segment d"));
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> this.fixture.live("e", "everyone and in segment cc"))
			.satisfies((invalid) -> assertThat(invalid.getBody().getDetail()).contains("column 25", "did you mean"));
	}

	@Test
	void previewsTheSizeOfEachCondition() {
		people("DE", 6);
		people("AT", 4);
		SegmentPreview preview = this.fixture.inTransaction(() -> this.fixture.segments.preview(this.fixture.tenant,
				"country = de and never did 'Ordr Completed'"));
		assertThat(preview.definition()).isEqualTo("country is DE and never did 'Ordr Completed'");
		assertThat(preview.size()).isEqualTo(6);
		assertThat(preview.people()).isEqualTo(10);
		assertThat(preview.conditions()).containsExactly(new SegmentPreview.ConditionSize("country is DE", 6),
				new SegmentPreview.ConditionSize("did 'Ordr Completed'", 0));
		assertThat(preview.sample()).hasSize(6);
		assertThat(preview.hints()).singleElement().asString().contains("No 'Ordr Completed' event was ever recorded");
	}

	@Test
	void keepsMergedProfilesInOnePosition() {
		List<AudienceTestProfile> germans = people("DE", 6);
		this.fixture.live("germans", "country is DE");
		Audience audience = frozen("germans");
		ProfileId nonMember = this.fixture.profileId();
		ProfileId one = germans.get(0).id();
		ProfileId two = germans.get(1).id();
		ProfileId three = germans.get(2).id();
		this.fixture.merge(new Merge(two, one), new Merge(nonMember, three));
		assertThat(members(audience, 1, 6)).hasSize(5).contains(two, nonMember).doesNotContain(one, three);
		this.fixture.merge(new Merge(nonMember, two));
		assertThat(members(audience, 1, 6)).hasSize(4).contains(nonMember).doesNotContain(two);
		assertThat(new ArrayList<>(
				this.fixture.find(AudienceFixture.condition("country is DE"), AudienceFixture.NOW, (name) -> null)))
			.doesNotContain(one, two, three);
	}

	@Test
	void keepsOtherTenantsOut() {
		people("DE", 2);
		this.fixture.live("germans", "country is DE");
		Audience audience = frozen("germans");
		AudienceFixture other = new AudienceFixture();
		assertThat(other.audienceRepository.members(other.tenant, audience.id(), 1, 10)).isEmpty();
		assertThat(other.audienceRepository.find(other.tenant, audience.id())).isEmpty();
		assertThat(other.segments.find(other.tenant, "germans")).isEmpty();
	}

	private void assertRefused(int maxSize, String segment, FreezeRefusal reason, String hint) {
		assertThat(this.fixture.freeze(maxSize, segment)).isInstanceOfSatisfying(FreezeRefused.class, (refused) -> {
			assertThat(refused.reason()).isEqualTo(reason);
			assertThat(refused.detail()).contains(hint);
		});
	}

	private Audience frozen(String segment) {
		return ((AudienceFrozen) this.fixture.freeze(1000, segment)).audience();
	}

	private List<ProfileId> members(Audience audience, int from, int to) {
		return this.fixture.audienceRepository.members(this.fixture.tenant, audience.id(), from, to);
	}

	private List<AudienceTestProfile> people(String country, int number) {
		List<AudienceTestProfile> people = new ArrayList<>();
		for (int i = 0; i < number; i++) {
			people.add(this.fixture.testProfile(Map.of(SegmentAttribute.COUNTRY, country)));
		}
		this.fixture.add(people);
		return people;
	}

}
