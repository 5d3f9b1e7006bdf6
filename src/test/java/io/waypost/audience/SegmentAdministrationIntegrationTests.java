package io.waypost.audience;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.access.Caller;
import io.waypost.access.CredentialHandovers;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Role;
import io.waypost.access.SecondPerson;
import io.waypost.access.SecondPersonSettings;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Approval and retirement of segments. */
class SegmentAdministrationIntegrationTests {

	private final AudienceFixture fixture = new AudienceFixture();

	private final Caller anna = caller("anna", Role.MARKETER);

	private final Caller ben = caller("ben", Role.MARKETER);

	@Test
	void requiresAnotherEditorToApprove() {
		SegmentAdministration administration = administration(false);
		add(administration, "engaged", "everyone");
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> approve(administration, this.anna, "engaged"))
			.satisfies((refused) -> assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN))
			.withMessageContaining("'anna' is the author of version 1 of segment 'engaged'");
		assertThat(approve(administration, this.ben, "engaged").live()).isTrue();
	}

	@Test
	void letsAdministratorsApproveTheirOwnVersions() {
		SegmentAdministration administration = administration(false);
		add(administration, "engaged", "everyone");
		assertThat(approve(administration, caller("anna", Role.ADMIN), "engaged").approvedBy()).isEqualTo("user:anna");
	}

	@Test
	void keepsTheApproverWhenALiveVersionIsApprovedAgain() {
		SegmentAdministration administration = administration(false);
		add(administration, "engaged", "everyone");
		Segment approved = approve(administration, this.ben, "engaged");
		this.fixture.clock.advance(Duration.ofHours(1));
		assertThat(approve(administration, caller("carol", Role.MARKETER), "engaged")).isEqualTo(approved);
		retire(administration, "engaged");
		assertThat(approve(administration, caller("carol", Role.MARKETER), "engaged")).as("used again")
			.isEqualTo(approved);
		assertThat(this.fixture.ledger.findBySubject(this.fixture.tenant, "segment:engaged"))
			.extracting("kind", "actor")
			.containsExactly(Tuple.tuple("segment.defined", "user:anna"), Tuple.tuple("segment.approved", "user:ben"),
					Tuple.tuple("segment.retired", "user:anna"), Tuple.tuple("segment.approved", "user:carol"));
	}

	@Test
	void letsAuthorsApproveWhenTheSettingAllowsIt() {
		SegmentAdministration administration = administration(true);
		add(administration, "engaged", "everyone");
		assertThat(approve(administration, this.anna, "engaged").approvedBy()).isEqualTo("user:anna");
	}

	@Test
	void retiresSegmentsThatNoLiveSegmentRefersTo() {
		SegmentAdministration administration = administration(false);
		this.fixture.live("old", "country is DE");
		this.fixture.live("user", "in segment old and email is known");
		add(administration, "draft", "not in segment old");
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> retire(administration, "old"))
			.satisfies((refused) -> assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.CONFLICT))
			.withMessageContaining("refer to it: user;");
		assertThat(retire(administration, "user").usable()).isFalse();
		Segment retired = retire(administration, "old");
		assertThat(retired.retiredAt()).isEqualTo(AudienceFixture.NOW);
		assertThat(retired.live()).as("launched campaigns still use it").isTrue();
		assertThat(this.fixture.segments.count(this.fixture.tenant, List.of("in segment old", "not in segment old")))
			.as("definitions that refer to it can still be counted")
			.containsExactly(0L, 0L);
		assertThat(this.fixture.ledger.findBySubject(this.fixture.tenant, "segment:old")).extracting("kind")
			.containsExactly("segment.defined", "segment.approved", "segment.retired");
	}

	@Test
	void rejectsNewReferencesToRetiredSegments() {
		SegmentAdministration administration = administration(false);
		this.fixture.live("old", "country is DE");
		add(administration, "draft", "not in segment old");
		retire(administration, "old");
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> add(administration, "new", "everyone and in segment old"))
			.withMessageContaining("line 1, column 25: segment 'old' is retired");
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> approve(administration, this.ben, "draft"))
			.withMessageContaining("segment 'old' is retired");
		assertThat(approve(administration, this.ben, "old").usable()).as("in use again").isTrue();
		assertThat(approve(administration, this.ben, "draft").usable()).isTrue();
	}

	@Test
	void freezesRetiredSegmentsForLaunchedCampaigns() {
		SegmentAdministration administration = administration(false);
		this.fixture.add(List.of(this.fixture.testProfile(Map.of())));
		this.fixture.live("old", "everyone");
		retire(administration, "old");
		assertThat(this.fixture.freeze(10, "old")).isInstanceOf(FreezeResult.AudienceFrozen.class);
	}

	private SegmentAdministration administration(boolean ownApproval) {
		return new SegmentAdministration(this.fixture.segments,
				new AudienceSettings(10, Duration.ofSeconds(1), 0.1, Duration.ofSeconds(60), ownApproval),
				new SecondPerson(this.fixture.database.client(), new CredentialHandovers(this.fixture.database.client(),
						new SecondPersonSettings(Duration.ofHours(24)), Clock.systemUTC())));
	}

	private Segment add(SegmentAdministration administration, String name, String definition) {
		return this.fixture.inTransaction(
				() -> administration.add(this.anna, new SegmentRequest(name, "What it means", null, definition)));
	}

	private Segment approve(SegmentAdministration administration, Caller caller, String name) {
		return this.fixture.inTransaction(() -> administration.approve(caller, name, 1));
	}

	private Segment retire(SegmentAdministration administration, String name) {
		return this.fixture.inTransaction(() -> administration.retire(this.anna, name));
	}

	private Caller caller(String name, Role role) {
		return new Caller(this.fixture.tenant, name, Set.of(role));
	}

}
