package io.waypost.audience;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.access.Caller;
import io.waypost.access.InvalidRequest;
import io.waypost.access.Role;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Who may approve what, and what becomes of a segment nobody wants any more. */
class SegmentAdministrationIntegrationTests {

	private final AudienceFixture room = new AudienceFixture();

	private final Caller anna = caller("anna", Role.MARKETER);

	private final Caller ben = caller("ben", Role.MARKETER);

	@Test
	void leavesApprovalToWhoDidNotWriteIt() {
		SegmentAdministration desk = desk(false);
		add(desk, "engaged", "everyone");
		assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> approve(desk, this.anna, "engaged"))
			.satisfies((refused) -> assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN))
			.withMessageContaining("'anna' wrote version 1 of segment 'engaged'");
		assertThat(approve(desk, this.ben, "engaged").live()).isTrue();
		assertThat(approve(desk, caller("anna", Role.ADMIN), "engaged").approvedBy()).as("an administrator")
			.isEqualTo("user:anna");
	}

	@Test
	void letsSmallTeamsApproveTheirOwn() {
		SegmentAdministration desk = desk(true);
		add(desk, "engaged", "everyone");
		assertThat(approve(desk, this.anna, "engaged").approvedBy()).isEqualTo("user:anna");
	}

	@Test
	void retiresWhatNothingInForceRefersTo() {
		SegmentAdministration desk = desk(false);
		this.room.live("old", "country is DE");
		this.room.live("user", "in segment old and email is known");
		add(desk, "draft", "not in segment old");
		assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> retire(desk, "old"))
			.satisfies((refused) -> assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.CONFLICT))
			.withMessageContaining("refer to it: user;");
		assertThat(retire(desk, "user").usable()).isFalse();
		Segment retired = retire(desk, "old");
		assertThat(retired.retiredAt()).isEqualTo(AudienceFixture.NOW);
		assertThat(retired.live()).as("for what uses it already").isTrue();
		assertThat(this.room.segments.count(this.room.tenant, List.of("in segment old", "not in segment old")))
			.as("the glossary still tells what drafts mean")
			.containsExactly(0L, 0L);
		assertThat(this.room.ledger.findBySubject(this.room.tenant, "segment:old")).extracting("kind")
			.containsExactly("segment.defined", "segment.approved", "segment.retired");
	}

	@Test
	void keepsWhatIsNewAwayFromWhatIsRetired() {
		SegmentAdministration desk = desk(false);
		this.room.live("old", "country is DE");
		add(desk, "draft", "not in segment old");
		retire(desk, "old");
		assertThatExceptionOfType(InvalidRequest.class)
			.isThrownBy(() -> add(desk, "new", "everyone and in segment old"))
			.withMessageContaining("line 1, column 25: segment 'old' is retired");
		assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> approve(desk, this.ben, "draft"))
			.withMessageContaining("segment 'old' is retired");
		assertThat(approve(desk, this.ben, "old").usable()).as("taken back").isTrue();
		assertThat(approve(desk, this.ben, "draft").usable()).isTrue();
	}

	@Test
	void freezesForWhoWasLaunchedBefore() {
		SegmentAdministration desk = desk(false);
		this.room.add(List.of(this.room.testProfile(Map.of())));
		this.room.live("old", "everyone");
		retire(desk, "old");
		assertThat(this.room.freeze(10, "old")).isInstanceOf(FreezeResult.AudienceFrozen.class);
	}

	private SegmentAdministration desk(boolean ownApproval) {
		return new SegmentAdministration(this.room.segments,
				new AudienceSettings(10, Duration.ofSeconds(1), 0.1, Duration.ofSeconds(60), ownApproval));
	}

	private Segment add(SegmentAdministration desk, String name, String definition) {
		return this.room
			.inTransaction(() -> desk.add(this.anna, new SegmentRequest(name, "What it means", null, definition)));
	}

	private Segment approve(SegmentAdministration desk, Caller caller, String name) {
		return this.room.inTransaction(() -> desk.approve(caller, name, 1));
	}

	private Segment retire(SegmentAdministration desk, String name) {
		return this.room.inTransaction(() -> desk.retire(this.anna, name));
	}

	private Caller caller(String name, Role role) {
		return new Caller(this.room.tenant, name, Set.of(role));
	}

}
