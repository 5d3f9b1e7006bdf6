package io.waypost.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.waypost.experiment.Assignment.AssignmentRole;
import io.waypost.experiment.assign.ExperimentPhase;
import io.waypost.experiment.measure.ExposureCounts;
import io.waypost.experiment.measure.ExposureCountsRepository;
import io.waypost.experiment.measure.ExposureRepository;
import io.waypost.experiment.stats.Sample;
import io.waypost.experiment.stats.Winsorising;
import io.waypost.identity.ProfilesMerged;
import io.waypost.ingestion.Event;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.ledger.LedgerEntry;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ExperimentsIntegrationTests {

	private static final Duration DAY = Duration.ofDays(1);

	private final ExperimentFixture room = new ExperimentFixture();

	@Test
	void shipsTheBetterArmAndTellsTheLedgerWhatItRestsOn() {
		this.room.start(ab("winner"));
		this.room.expose("winner", AssignmentRole.TEST, "a", 5_000, 100);
		this.room.expose("winner", AssignmentRole.TEST, "b", 5_000, 200);
		assertThat(this.room.analyse("winner").verdict().decision()).isEqualTo(ExperimentDecision.KEEP_RUNNING);
		this.room.clock.advance(DAY.plusMinutes(1));
		ExperimentResults seen = this.room.analyse("winner");
		assertThat(seen.verdict().decision()).isEqualTo(ExperimentDecision.SHIP);
		assertThat(seen.verdict().arm()).isEqualTo("b");
		assertThat(seen.verdict().sentence()).contains("Send \"b\"", "2.00 percentage points");
		assertThat(seen.arms().get(1).conversions()).isEqualTo(200);
		assertThat(seen.arms().get(1).chanceToBeBest()).isGreaterThan(0.99);
		List<LedgerEntry> told = this.room.ledger.findBySubject(this.room.tenant, "experiment:winner");
		assertThat(told).extracting(LedgerEntry::kind)
			.containsExactly("experiment.approved", "experiment.verdict", "experiment.verdict");
		assertThat(told.getLast().facts()).containsEntry("decision", "SHIP").containsEntry("arm", "b");
		assertThat(told.getLast().facts().get("arms").toString()).contains("matured=5000", "conversions=200");
	}

	@Test
	void givesEverybodyTheWinnerAndKeepsTheVerdict() {
		this.room.start(ab("rollout"));
		this.room.expose("rollout", AssignmentRole.TEST, "a", 5_000, 100);
		this.room.expose("rollout", AssignmentRole.TEST, "b", 5_000, 200);
		this.room.clock.advance(DAY.plusMinutes(1));
		this.room.analyse("rollout");
		List<Assignment> assigned = this.room.assignments.assign(this.room.tenant, "rollout", this.room.people(1_000));
		assertThat(assigned).filteredOn((one) -> !one.heldOut())
			.hasSizeGreaterThan(900)
			.allMatch((one) -> one.equals(new Assignment(AssignmentRole.ROLLOUT, "b")));
		assertThat(this.room.analyse("rollout").verdict().decision()).isEqualTo(ExperimentDecision.SHIP);
		assertThat(this.room.read("rollout").concludedAt()).isNotNull();
		assertThat(this.room.read("rollout").history()).hasSize(2);
	}

	@Test
	void countsOnlyMaturedPeopleAndOnlyOutcomesInTheirWindow() {
		this.room.start(ab("window"));
		List<Exposure> early = this.room.expose("window", AssignmentRole.TEST, "a", 10, 2);
		this.room.clock.advance(Duration.ofHours(12));
		this.room.expose("window", AssignmentRole.TEST, "a", 10, 5);
		Instant exposed = ExperimentFixture.NOW;
		this.room.record(ExperimentFixture.click(early.get(5), exposed.plus(DAY)),
				ExperimentFixture.click(early.get(6), exposed.minusSeconds(1)),
				ExperimentFixture.click(early.get(7), exposed.plus(DAY).minusSeconds(1)));
		this.room.clock.advance(Duration.ofHours(12));
		ExperimentArmResult arm = this.room.read("window").arms().getFirst();
		assertThat(arm.exposed()).isEqualTo(20);
		assertThat(arm.matured()).isEqualTo(10);
		assertThat(arm.conversions()).isEqualTo(3);
	}

	@Test
	void ignoresMachinesOtherMessagesAndOtherTenants() {
		this.room.start(ab("noise"));
		List<Exposure> exposed = this.room.expose("noise", AssignmentRole.TEST, "a", 5, 1);
		Instant at = ExperimentFixture.NOW.plusSeconds(60);
		this.room.record(
				ExperimentFixture.track(exposed.get(1).profile(), "Email Link Clicked", at,
						Map.of("email_id", String.valueOf(exposed.get(1).send()), "machine", true)),
				ExperimentFixture.track(exposed.get(2).profile(), "Email Link Clicked", at,
						Map.of("email_id", this.room.ids.next().toString())),
				ExperimentFixture.track(exposed.get(3).profile(), "Email Opened", at, Map.of()));
		new ExperimentFixture().record(ExperimentFixture.click(exposed.get(4), at));
		this.room.clock.advance(DAY);
		assertThat(this.room.read("noise").arms().getFirst().conversions()).isEqualTo(1);
	}

	@Test
	void countsAFirstExposureOnceWhateverIsRepeated() {
		this.room.start(ab("again"));
		List<Exposure> exposures = List.of(exposure("a"), exposure("b"));
		assertThat(this.room.exposures.record(this.room.tenant, "again", ExperimentFixture.NOW, exposures))
			.isEqualTo(2);
		assertThat(this.room.exposures.record(this.room.tenant, "again", ExperimentFixture.NOW, exposures)).isZero();
		Exposure other = new Exposure(exposures.getFirst().profile(), new Assignment(AssignmentRole.TEST, "b"), null,
				null);
		assertThat(this.room.exposures.record(this.room.tenant, "again", ExperimentFixture.NOW, List.of(other)))
			.isZero();
		assertThat(this.room.read("again").arms()).extracting(ExperimentArmResult::exposed).containsExactly(1L, 1L);
	}

	/**
	 * Eight writers, the same people in other orders: nothing is lost, nobody deadlocks.
	 */
	@Test
	void addsUpWhatComesInAtTheSameTime() throws Exception {
		this.room.start(ExperimentDefinition.of("rush", "anna", GoalMetric.CONVERSION, List.of("only")));
		List<Exposure> people = this.room.expose("rush", AssignmentRole.TEST, "only", 200, 0);
		try (ExecutorService writers = Executors.newFixedThreadPool(8)) {
			List<Future<?>> written = IntStream.range(0, 8)
				.<Future<?>>mapToObj((writer) -> writers.submit(() -> writeTenTimes(people, writer)))
				.toList();
			for (Future<?> one : written) {
				one.get();
			}
		}
		assertThat(this.room.jdbc.sql("select sum(revenue) from experiment.exposure where tenant_id = ?")
			.param(this.room.tenant.value())
			.query(Double.class)
			.single()).isEqualTo(8 * 10 * 200.0);
	}

	private void writeTenTimes(List<Exposure> people, int seed) {
		List<Exposure> shuffled = new ArrayList<>(people);
		Collections.shuffle(shuffled, new Random(seed));
		for (int time = 0; time < 10; time++) {
			this.room.record(shuffled.stream()
				.map((one) -> ExperimentFixture.order(one.profile(), ExperimentFixture.NOW.plusSeconds(60), 1, "EUR"))
				.toArray(Event[]::new));
		}
	}

	@Test
	void stopsEverythingWhenTheSplitIsUneven() {
		this.room.start(ab("uneven"));
		this.room.expose("uneven", AssignmentRole.TEST, "a", 5_600, 100);
		this.room.expose("uneven", AssignmentRole.TEST, "b", 5_000, 300);
		this.room.clock.advance(DAY.plusMinutes(1));
		ExperimentResults seen = this.room.analyse("uneven");
		assertThat(seen.sampleRatioP()).isLessThan(0.001);
		assertThat(seen.verdict().decision()).isEqualTo(ExperimentDecision.REVIEW);
		assertThat(seen.verdict().sentence()).contains("none of these numbers can be trusted");
		assertThat(seen.concludedAt()).isNull();
	}

	@Test
	void extendsTwiceAndThenSaysHonestlyThatItDoesNotKnow() {
		this.room.start(ab("shrug"));
		this.room.expose("shrug", AssignmentRole.TEST, "a", 3_000, 60);
		this.room.expose("shrug", AssignmentRole.TEST, "b", 3_000, 63);
		this.room.clock.advance(ExperimentTiming.DEFAULT.deadline());
		ExperimentResults first = this.room.analyse("shrug");
		assertThat(first.verdict().decision()).isEqualTo(ExperimentDecision.KEEP_RUNNING);
		assertThat(first.verdict().sentence()).contains("No arm can be told apart",
				"To find a lift of 10 % takes about 81,000", "runs 3 days longer (1 more");
		this.room.clock.advance(ExperimentTiming.DEFAULT.extension());
		assertThat(this.room.analyse("shrug").verdict().sentence()).contains("(0 more");
		this.room.clock.advance(ExperimentTiming.DEFAULT.extension());
		ExperimentResults last = this.room.analyse("shrug");
		assertThat(last.verdict().decision()).isEqualTo(ExperimentDecision.INCONCLUSIVE);
		assertThat(last.verdict().arm()).isEqualTo("a");
		assertThat(last.verdict().sentence()).contains("because it is the default, not because it won");
		assertThat(this.room.read("shrug").concludedAt()).isNotNull();
	}

	@Test
	void doesNotShipWhatDoesHarm() {
		this.room.start(ab("harm"));
		this.room.expose("harm", AssignmentRole.TEST, "a", 5_000, 100);
		List<Exposure> better = this.room.expose("harm", AssignmentRole.TEST, "b", 5_000, 250);
		this.room.record(better.subList(0, 100)
			.stream()
			.map((one) -> ExperimentFixture.track(one.profile(), "Email Marked as Spam",
					ExperimentFixture.NOW.plusSeconds(90), Map.of("email_id", String.valueOf(one.send()))))
			.toArray(Event[]::new));
		this.room.clock.advance(DAY.plusMinutes(1));
		ExperimentResults seen = this.room.analyse("harm");
		assertThat(seen.verdict().decision()).isEqualTo(ExperimentDecision.REVIEW);
		assertThat(seen.verdict().sentence()).contains("does harm");
		assertThat(seen.arms().get(1).guardrails()).filteredOn((one) -> one.harm() == GuardrailMetric.COMPLAINT)
			.first()
			.returns(100L, ExperimentArmResult.GuardrailMetricResult::count)
			.returns(ExperimentArmResult.GuardrailMetricResult.GuardrailState.BROKEN,
					ExperimentArmResult.GuardrailMetricResult::state);
	}

	@Test
	void measuresLiftAgainstThoseHeldOut() {
		ExperimentDefinition definition = ExperimentDefinition
			.of("lift", "anna", GoalMetric.CONVERSION, List.of("only"))
			.with(new TrafficAllocation(null, 1, 0.5, false));
		this.room.start(definition);
		List<Exposure> treated = spenders(AssignmentRole.TEST, 4_000);
		List<Exposure> heldOut = spenders(AssignmentRole.HOLDOUT, 4_000);
		this.room.exposures.record(this.room.tenant, "lift", ExperimentFixture.NOW, treated);
		this.room.exposures.record(this.room.tenant, "lift", ExperimentFixture.NOW, heldOut);
		buy(treated.subList(0, 400));
		buy(heldOut.subList(0, 200));
		this.room.clock.advance(DAY);
		Lift lift = this.room.read("lift").lift();
		assertThat(lift).isNotNull();
		assertThat(lift.basis()).isEqualTo(AssignmentRole.HOLDOUT);
		assertThat(lift.adjusted()).isTrue();
		assertThat(lift.orders().total()).isCloseTo(200, Offset.offset(1e-6));
		assertThat(lift.orders().distinguishable()).isTrue();
		assertThat(lift.revenue().interval().lower()).isPositive();
		assertThat(lift.revenue().interval().contains(2_000)).isTrue();
		assertThat(lift.sentence()).startsWith("Additional orders: 200");
	}

	@Test
	void saysWhenALiftCannotBeToldFromNothing() {
		this.room.start(ExperimentDefinition.of("nolift", "anna", GoalMetric.CONVERSION, List.of("only"))
			.with(new TrafficAllocation(null, 1, 0.5, false)));
		List<Exposure> treated = spenders(AssignmentRole.TEST, 1_000);
		List<Exposure> heldOut = spenders(AssignmentRole.HOLDOUT, 1_000);
		this.room.exposures.record(this.room.tenant, "nolift", ExperimentFixture.NOW, treated);
		this.room.exposures.record(this.room.tenant, "nolift", ExperimentFixture.NOW, heldOut);
		buy(treated.subList(0, 51));
		buy(heldOut.subList(0, 50));
		this.room.clock.advance(DAY);
		Lift lift = this.room.read("nolift").lift();
		assertThat(lift).isNotNull();
		assertThat(lift.orders().distinguishable()).isFalse();
		assertThat(lift.sentence()).contains("Additional orders: not distinguishable from 0",
				"Additional revenue: not distinguishable from 0");
	}

	@Test
	void capsRevenueAsTheArithmeticDoesAndLeavesOutOtherCurrencies() {
		ExperimentDefinition definition = new ExperimentDefinition("money", "anna", List.of(new Arm("only", 1)), "only",
				GoalMetric.CONVERSION, List.of(), ExperimentTiming.DEFAULT, new TrafficAllocation(null, 1, 0.5, false),
				AllocationMode.FIXED, 0.1, 5_000, "EUR");
		this.room.start(definition);
		List<Exposure> treated = IntStream.range(0, 300)
			.mapToObj((person) -> exposure(AssignmentRole.TEST, "only"))
			.toList();
		this.room.exposures.record(this.room.tenant, "money", ExperimentFixture.NOW, treated);
		double[] amounts = new double[300];
		for (int person = 0; person < 250; person++) {
			amounts[person] = (person == 0) ? 10_000 : 10 + person;
			this.room.record(
					ExperimentFixture.order(treated.get(person).profile(), ExperimentFixture.NOW.plusSeconds(60),
							amounts[person] - 5, "EUR"),
					ExperimentFixture.order(treated.get(person).profile(), ExperimentFixture.NOW.plusSeconds(70), 5,
							"EUR"),
					ExperimentFixture.order(treated.get(person).profile(), ExperimentFixture.NOW.plusSeconds(80), 900,
							"USD"));
		}
		Instant now = ExperimentFixture.NOW.plus(DAY);
		ExperimentPhase trial = this.room.trials.find(this.room.tenant, "money").orElseThrow();
		ExposureCounts count = new ExposureCountsRepository(this.room.jdbc).count(trial, now).getFirst();
		double cap = Winsorising.cap(amounts, ExposureCountsRepository.WINSOR);
		Sample expected = Winsorising.sample(amounts, cap);
		assertThat(count.cap()).isCloseTo(cap, Offset.offset(1e-9));
		assertThat(count.orders()).isEqualTo(250);
		assertThat(count.revenue().metric().sum()).isCloseTo(expected.sum(), Offset.offset(1e-6));
		assertThat(count.revenue().metric().sumOfSquares()).isCloseTo(expected.sumOfSquares(), Offset.offset(1e-3));
	}

	@Test
	void beginsANewPhaseOnlyWhenSomethingElseIsMeasured() {
		ExperimentDefinition definition = ab("phases");
		assertThat(this.room.start(definition).phase()).isEqualTo(1);
		this.room.expose("phases", AssignmentRole.TEST, "a", 10, 0);
		assertThat(this.room.start(definition.with(new TrafficAllocation(null, 0.5, 0.1, true))).phase()).isEqualTo(1);
		assertThat(this.room.read("phases").arms().getFirst().exposed()).isEqualTo(10);
		Experiment third = this.room
			.start(ExperimentDefinition.of("phases", "anna", GoalMetric.CLICK, List.of("a", "b", "c")));
		assertThat(third.version()).isEqualTo(3);
		assertThat(third.phase()).isEqualTo(2);
		assertThat(this.room.read("phases").arms()).extracting(ExperimentArmResult::exposed)
			.containsExactly(0L, 0L, 0L);
		this.room.inTransaction(() -> this.room.experiments.approve(this.room.tenant, "user:anna", "phases", 1));
		assertThat(this.room.read("phases").phase()).isEqualTo(3);
	}

	@Test
	void sharesALayerWithoutSharingPeople() {
		TrafficAllocation most = new TrafficAllocation("subjects", 0.6, 0, false);
		this.room.start(ab("one").with(most));
		assertThatIllegalStateException().isThrownBy(() -> this.room.start(ab("two").with(most)))
			.withMessageContaining("has only 40.00 % of its people left");
		this.room.start(ab("two").with(new TrafficAllocation("subjects", 0.4, 0, false)));
		List<ProfileId> people = this.room.people(2_000);
		List<Assignment> one = this.room.assignments.assign(this.room.tenant, "one", people);
		List<Assignment> two = this.room.assignments.assign(this.room.tenant, "two", people);
		assertThat(IntStream.range(0, people.size())
			.filter((person) -> (one.get(person).role() == AssignmentRole.TEST) == (two.get(person)
				.role() == AssignmentRole.TEST))
			.count()).as("people who are in no test, or in two").isZero();
		this.room.inTransaction(() -> this.room.experiments.conclude(this.room.tenant, "user:anna", "one", "b"));
		assertThat(this.room.start(ab("three").with(most)).live()).isTrue();
	}

	@Test
	void drawsSharesInThompsonModeAndJudgesTheSliceAlone() {
		this.room.start(ab("bandit").withMode(AllocationMode.THOMPSON));
		this.room.expose("bandit", AssignmentRole.TEST, "a", 2_000, 60);
		this.room.expose("bandit", AssignmentRole.TEST, "b", 2_000, 61);
		this.room.expose("bandit", AssignmentRole.ADAPTIVE, "b", 8_000, 800);
		this.room.clock.advance(DAY.plusMinutes(1));
		ExperimentResults seen = this.room.analyse("bandit");
		assertThat(seen.verdict().decision()).isEqualTo(ExperimentDecision.KEEP_RUNNING);
		assertThat(seen.arms().get(1).matured()).isEqualTo(2_000);
		ExperimentResults next = this.room.read("bandit");
		assertThat(next.arms().get(1).share()).isGreaterThan(0.85);
		List<Assignment> assigned = this.room.assignments.assign(this.room.tenant, "bandit", this.room.people(5_000));
		assertThat(assigned.stream().filter((one) -> one.role() == AssignmentRole.TEST).count() / 4_750.0)
			.isBetween(0.08, 0.12);
	}

	@Test
	void concludesByHandAndTellsWhoDidIt() {
		this.room.start(ab("hand"));
		ExperimentResults seen = this.room
			.inTransaction(() -> this.room.experiments.conclude(this.room.tenant, "user:anna", "hand", "b"))
			.orElseThrow();
		assertThat(seen.verdict()).isEqualTo(new ExperimentVerdict(ExperimentDecision.SHIP, "b",
				"\"b\" was chosen by user:anna, whatever the test says."));
		assertThat(this.room.ledger.findBySubject(this.room.tenant, "experiment:hand").getLast().actor())
			.isEqualTo("user:anna");
		assertThat(this.room.experiments.conclude(this.room.tenant, "user:anna", "hand", "z")).isEmpty();
	}

	@Test
	void keepsTheFirstExposureWhenTwoProfilesBecomeOne() {
		this.room.start(ab("merge"));
		List<Exposure> first = this.room.expose("merge", AssignmentRole.TEST, "a", 1, 1);
		this.room.clock.advance(Duration.ofHours(1));
		List<Exposure> second = this.room.expose("merge", AssignmentRole.TEST, "b", 1, 0);
		List<Exposure> third = this.room.expose("merge", AssignmentRole.TEST, "b", 1, 0);
		ProfileId survivor = second.getFirst().profile();
		this.room.merge(new ProfilesMerged.Merge(survivor, first.getFirst().profile()),
				new ProfilesMerged.Merge(third.getFirst().profile(), survivor));
		assertThat(this.room.participations(third.getFirst().profile())).singleElement()
			.returns("a", ExposureRepository.Participation::arm)
			.returns("merge", ExposureRepository.Participation::experiment)
			.matches((one) -> one.clickedAt() != null);
		assertThat(this.room.participations(survivor)).isEmpty();
		assertThat(this.room.participations(first.getFirst().profile())).isEmpty();
	}

	@Test
	void forgetsWhoItWasAndKeepsTheNumbers() {
		this.room.start(ab("forget"));
		ProfileId person = this.room.expose("forget", AssignmentRole.TEST, "a", 1, 1).getFirst().profile();
		assertThat(this.room.exposureRows.anonymise(this.room.tenant, List.of(person))).isEqualTo(1);
		assertThat(this.room.participations(person)).isEmpty();
		this.room.clock.advance(DAY);
		assertThat(this.room.read("forget").arms().getFirst().conversions()).isEqualTo(1);
	}

	@Test
	void looksByItselfAndStopsMeasuringWhenAllIsOver() {
		this.room.start(ab("schedule"));
		this.room.expose("schedule", AssignmentRole.TEST, "a", 5_000, 100);
		this.room.expose("schedule", AssignmentRole.TEST, "b", 5_000, 200);
		this.room.clock.advance(DAY.plusMinutes(1));
		this.room.schedule.run();
		assertThat(this.room.read("schedule").verdict().decision()).isEqualTo(ExperimentDecision.SHIP);
		assertThat(this.room.trials.isMeasuring(this.room.tenant)).isTrue();
		this.room.clock.advance(DAY.plusMinutes(20));
		this.room.schedule.run();
		assertThat(this.room.trials.isMeasuring(this.room.tenant)).isFalse();
		this.room.expose("schedule", AssignmentRole.ROLLOUT, "b", 10, 10);
		assertThat(this.room.trials.isMeasuring(this.room.tenant)).isTrue();
	}

	@Test
	void looksAtTheOthersWhenOneCannotBeRead() {
		this.room.start(ab("broken"));
		this.room.clock.advance(Duration.ofSeconds(1));
		this.room.start(ab("sound"));
		this.room.jdbc.sql("update experiment.experiment set definition = '{}' where tenant_id = ? and key = 'broken'")
			.param(this.room.tenant.value())
			.update();
		this.room.clock.advance(Duration.ofHours(1));
		this.room.schedule.run();
		assertThat(this.room.read("sound").history()).isNotEmpty();
	}

	@Test
	void refusesWhatContradictsItselfAndNamesAllOfIt() {
		ExperimentDefinition wrong = new ExperimentDefinition("Bad Key", " ", List.of(new Arm("a", 0), new Arm("a", 1)),
				"z", GoalMetric.CLICK, List.of(new GuardrailLimit(GuardrailMetric.BOUNCE, 2)),
				new ExperimentTiming(DAY, DAY, Duration.ofHours(1), DAY, 0), new TrafficAllocation(null, 2, 1, true),
				AllocationMode.FIXED, 0.1, 10, "EURO");
		assertThatIllegalArgumentException().isThrownBy(() -> this.room.start(wrong))
			.withMessageContainingAll("/key", "/owner", "/arms/0/weight", "/arms/1/key", "/defaultArm",
					"/guardrails/0/margin", "/pace/deadline", "/reach/traffic", "/reach/holdout", "/plannedUsers",
					"/currency");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.room.assignments.assign(this.room.tenant, "nowhere", List.of()))
			.withMessageContaining("has no live version");
	}

	private List<Exposure> spenders(AssignmentRole role, int number) {
		return IntStream.range(0, number)
			.mapToObj((person) -> new Exposure(this.room.people(1).getFirst(), new Assignment(role, "only"),
					(role == AssignmentRole.HOLDOUT) ? null : new SendId(this.room.ids.next()), (double) (person % 7)))
			.toList();
	}

	private void buy(List<Exposure> people) {
		this.room.record(people.stream()
			.map((one) -> ExperimentFixture.order(one.profile(), ExperimentFixture.NOW.plusSeconds(60), 10, "EUR"))
			.toArray(Event[]::new));
	}

	private Exposure exposure(String arm) {
		return exposure(AssignmentRole.TEST, arm);
	}

	private Exposure exposure(AssignmentRole role, String arm) {
		return new Exposure(this.room.people(1).getFirst(), new Assignment(role, arm), new SendId(this.room.ids.next()),
				null);
	}

	private static ExperimentDefinition ab(String key) {
		return ExperimentDefinition.of(key, "anna", GoalMetric.CLICK, List.of("a", "b"));
	}

}
