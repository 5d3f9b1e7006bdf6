package io.waypost.audience;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.access.InvalidRequest;
import io.waypost.audience.FreezeResult.AudienceFrozen;
import io.waypost.audience.FreezeResult.FreezeRefusal;
import io.waypost.audience.FreezeResult.FreezeRefused;
import io.waypost.audience.language.SegmentAttribute;
import io.waypost.audience.projection.ProfileChangeListener;
import io.waypost.consent.ConsentsChanged;
import io.waypost.identity.ProfilesMerged;
import io.waypost.identity.ProfilesMerged.Merge;
import io.waypost.kernel.ProfileId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Segments in their versions, and what is frozen of them. */
class AudiencesIntegrationTests {

	private final AudienceFixture room = new AudienceFixture();

	@Test
	void freezesEverybodyOnceAndNumbersThem() {
		List<AudienceTestProfile> germans = people("DE", 25);
		people("AT", 7);
		this.room.live("germans", "country is DE");
		Audience audience = frozen("germans");
		assertThat(audience.size()).isEqualTo(25);
		assertThat(audience.versions()).isEqualTo(Map.of("germans", 1));
		assertThat(this.room.audienceRows.find(this.room.tenant, audience.id())).contains(audience);
		List<ProfileId> first = members(audience, 1, 10);
		List<ProfileId> rest = members(audience, 11, 25);
		Set<ProfileId> all = new HashSet<>(first);
		all.addAll(rest);
		assertThat(first).hasSize(10);
		assertThat(rest).hasSize(15);
		assertThat(all)
			.containsExactlyInAnyOrderElementsOf(germans.stream().map(AudienceTestProfile::profile).toList());
		assertThat(first).as("in no order of who came first")
			.isNotEqualTo(first.stream().sorted(Comparator.comparing(ProfileId::value)).toList());
		assertThat(this.room.ledger.findBySubject(this.room.tenant, "audience:" + audience.id())).singleElement()
			.satisfies((entry) -> assertThat(entry.facts()).containsEntry("size", 25));
	}

	@Test
	void drawsTheFirstAndLeavesTheOthersInTheirOrder() {
		List<ProfileId> germans = people("DE", 300).stream().map(AudienceTestProfile::profile).toList();
		this.room.live("germans", "country is DE");
		Audience audience = ((AudienceFrozen) this.room.freeze(1000, "germans", 0.2)).audience();
		List<ProfileId> drawn = members(audience, 1, 60);
		List<ProfileId> others = members(audience, 61, 300);
		assertThat(others).isSortedAccordingTo(Comparator.comparing(ProfileId::toString)).hasSize(240);
		assertThat(drawn.stream().mapToInt(germans::indexOf).average().orElseThrow()).as("from the first to the last")
			.isBetween(100.0, 200.0);
		List<ProfileId> all = new ArrayList<>(drawn);
		all.addAll(others);
		assertThat(all).containsExactlyInAnyOrderElementsOf(germans);
	}

	@Test
	void staysWhatItWas() {
		people("DE", 3);
		this.room.live("germans", "country is DE");
		Audience audience = frozen("germans");
		people("DE", 2);
		this.room.live("germans", "country is AT");
		assertThat(members(audience, 1, 100)).hasSize(3);
		assertThat(this.room.audienceRows.find(this.room.tenant, audience.id()).orElseThrow().definition())
			.isEqualTo("country is DE");
	}

	@Test
	void refusesWhatItCannotFreezeAndWritesNothing() {
		people("DE", 4);
		this.room.live("germans", "country is DE");
		this.room.live("nobody", "not everyone");
		this.room.inTransaction(() -> this.room.segments.add(this.room.tenant, "user:test",
				new SegmentDraft("draft", "not yet", "growth", "everyone")));
		this.room.inTransaction(() -> this.room.segments.add(this.room.tenant, "user:test",
				new SegmentDraft("on-sand", "refers to a draft", "growth", "in segment draft")));
		assertRefused(3, "germans", FreezeRefusal.TOO_LARGE, "3 people");
		assertRefused(100, "nobody", FreezeRefusal.EMPTY, "preview");
		assertRefused(100, "germens", FreezeRefusal.UNKNOWN_SEGMENT, "germens");
		assertRefused(100, "draft", FreezeRefusal.NOT_APPROVED, "draft");
		this.room.inTransaction(() -> this.room.segments.approve(this.room.tenant, "user:test", "on-sand", 1));
		assertRefused(100, "on-sand", FreezeRefusal.NOT_APPROVED, "'draft'");
		for (String table : List.of("audience", "member")) {
			assertThat(this.room.database.client()
				.sql("select count(*) from audience." + table + " where tenant_id = ?")
				.param(this.room.tenant.value())
				.query(Long.class)
				.single()).isZero();
		}
		assertThat(this.room.freeze(4, "germans")).isInstanceOf(AudienceFrozen.class);
	}

	@Test
	void asksTheVersionInForce() {
		people("DE", 2);
		people("AT", 5);
		this.room.live("reached", "country is DE");
		this.room.inTransaction(() -> this.room.segments.add(this.room.tenant, "user:test",
				new SegmentDraft("reached", "more of them", "growth", "country is known")));
		assertThat(frozen("reached").size()).isEqualTo(2);
		this.room.inTransaction(() -> this.room.segments.approve(this.room.tenant, "user:test", "reached", 2));
		assertThat(frozen("reached").version()).isEqualTo(2);
		assertThat(frozen("reached").size()).isEqualTo(7);
		assertThat(this.room.ledger.findBySubject(this.room.tenant, "segment:reached")).extracting("kind")
			.containsExactly("segment.defined", "segment.approved", "segment.defined", "segment.approved");
	}

	@Test
	void letsSegmentsReferToEachOtherButNotInACircle() {
		people("DE", 3);
		this.room.live("a", "country is DE");
		this.room.live("b", "in segment a or country is AT");
		this.room.live("c", "in segment b and not did 'Order Completed'");
		Audience audience = frozen("c");
		assertThat(audience.size()).isEqualTo(3);
		assertThat(audience.versions()).isEqualTo(Map.of("a", 1, "b", 1, "c", 1));
		assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> this.room.live("a", "in segment c"))
			.satisfies((refusal) -> assertThat(refusal.getBody().getDetail()).contains("\u2192", "refers to itself"));
		assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> this.room.live("d", "in segment d"));
		assertThatExceptionOfType(InvalidRequest.class)
			.isThrownBy(() -> this.room.live("e", "everyone and in segment cc"))
			.satisfies((refusal) -> assertThat(refusal.getBody().getDetail()).contains("column 25", "did you mean"));
	}

	@Test
	void previewsCountsConditionByCondition() {
		people("DE", 6);
		people("AT", 4);
		SegmentPreview preview = this.room.inTransaction(
				() -> this.room.segments.preview(this.room.tenant, "country = de and never did 'Ordr Completed'"));
		assertThat(preview.definition()).isEqualTo("country is DE and never did 'Ordr Completed'");
		assertThat(preview.size()).isEqualTo(6);
		assertThat(preview.people()).isEqualTo(10);
		assertThat(preview.conditions()).containsExactly(new SegmentPreview.ConditionSize("country is DE", 6),
				new SegmentPreview.ConditionSize("did 'Ordr Completed'", 0));
		assertThat(preview.sample()).hasSize(6);
		assertThat(preview.hints()).singleElement().asString().contains("Nobody ever did 'Ordr Completed'");
	}

	@Test
	void givesMergedPeopleOnePlace() {
		List<AudienceTestProfile> germans = people("DE", 6);
		this.room.live("germans", "country is DE");
		Audience audience = frozen("germans");
		ProfileId stranger = this.room.profile();
		ProfileId one = germans.get(0).profile();
		ProfileId two = germans.get(1).profile();
		ProfileId three = germans.get(2).profile();
		merge(new Merge(two, one), new Merge(stranger, three));
		assertThat(members(audience, 1, 6)).hasSize(5).contains(two, stranger).doesNotContain(one, three);
		merge(new Merge(stranger, two));
		assertThat(members(audience, 1, 6)).hasSize(4).contains(stranger).doesNotContain(two);
		assertThat(new ArrayList<>(
				this.room.find(AudienceFixture.condition("country is DE"), AudienceFixture.NOW, (name) -> null)))
			.doesNotContain(one, two, three);
	}

	@Test
	void keepsOtherTenantsOut() {
		people("DE", 2);
		this.room.live("germans", "country is DE");
		Audience audience = frozen("germans");
		AudienceFixture other = new AudienceFixture();
		assertThat(other.audienceRows.members(other.tenant, audience.id(), 1, 10)).isEmpty();
		assertThat(other.audienceRows.find(other.tenant, audience.id())).isEmpty();
		assertThat(other.segments.find(other.tenant, "germans")).isEmpty();
	}

	private void merge(Merge... merges) {
		ProfileChangeListener follow = new ProfileChangeListener(this.room.queue, this.room.database.client());
		this.room.database.transactions().executeWithoutResult((status) -> {
			follow.on(new ProfilesMerged(this.room.tenant, List.of(merges)));
			follow.on(new ConsentsChanged(this.room.tenant, List.of(merges[0].survivor())));
		});
		assertThat(this.room.waiting()).isNotEmpty();
	}

	private void assertRefused(int maxSize, String segment, FreezeRefusal reason, String hint) {
		assertThat(this.room.freeze(maxSize, segment)).isInstanceOfSatisfying(FreezeRefused.class, (refused) -> {
			assertThat(refused.reason()).isEqualTo(reason);
			assertThat(refused.detail()).contains(hint);
		});
	}

	private Audience frozen(String segment) {
		return ((AudienceFrozen) this.room.freeze(1000, segment)).audience();
	}

	private List<ProfileId> members(Audience audience, int from, int to) {
		return this.room.audienceRows.members(this.room.tenant, audience.id(), from, to);
	}

	private List<AudienceTestProfile> people(String country, int number) {
		List<AudienceTestProfile> people = new ArrayList<>();
		for (int i = 0; i < number; i++) {
			people.add(this.room.testProfile(Map.of(SegmentAttribute.COUNTRY, country)));
		}
		this.room.add(people);
		return people;
	}

}
