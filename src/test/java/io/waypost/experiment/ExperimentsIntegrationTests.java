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
import io.waypost.experiment.measure.MeasureFixture.ExportedExposure;
import io.waypost.experiment.stats.Sample;
import io.waypost.experiment.stats.WinsorisingOracle;
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

	private final ExperimentFixture fixture = new ExperimentFixture();

	@Test
	void shipsTheBetterArmAndRecordsItsInputsInTheLedger() {
		this.fixture.start(ab("winner"));
		this.fixture.expose("winner", AssignmentRole.TEST, "a", 5_000, 100);
		this.fixture.expose("winner", AssignmentRole.TEST, "b", 5_000, 200);
		assertThat(this.fixture.analyse("winner").verdict().decision()).isEqualTo(ExperimentDecision.KEEP_RUNNING);
		this.fixture.clock.advance(DAY.plusMinutes(1));
		ExperimentResults results = this.fixture.analyse("winner");
		assertThat(results.verdict().decision()).isEqualTo(ExperimentDecision.SHIP);
		assertThat(results.verdict().arm()).isEqualTo("b");
		assertThat(results.verdict().sentence()).contains("Send \"b\"", "2.00 percentage points");
		assertThat(results.arms().get(1).conversions()).isEqualTo(200);
		assertThat(results.arms().get(1).chanceToBeBest()).isGreaterThan(0.99);
		List<LedgerEntry> entries = this.fixture.ledger.findBySubject(this.fixture.tenant, "experiment:winner");
		assertThat(entries).extracting(LedgerEntry::kind)
			.containsExactly("experiment.approved", "experiment.verdict", "experiment.verdict");
		assertThat(entries.getLast().facts()).containsEntry("decision", "SHIP").containsEntry("arm", "b");
		assertThat(entries.getLast().facts().get("arms").toString()).contains("matured=5000", "conversions=200");
	}

	@Test
	void assignsTheWinnerToEveryoneAfterTheConclusion() {
		this.fixture.start(ab("rollout"));
		this.fixture.expose("rollout", AssignmentRole.TEST, "a", 5_000, 100);
		this.fixture.expose("rollout", AssignmentRole.TEST, "b", 5_000, 200);
		this.fixture.clock.advance(DAY.plusMinutes(1));
		this.fixture.analyse("rollout");
		List<Assignment> assigned = this.fixture.assignments.assign(this.fixture.tenant, "rollout",
				this.fixture.people(1_000));
		assertThat(assigned).filteredOn((one) -> !one.heldOut())
			.hasSizeGreaterThan(900)
			.allMatch((one) -> one.equals(new Assignment(AssignmentRole.ROLLOUT, "b")));
		assertThat(this.fixture.analyse("rollout").verdict().decision()).isEqualTo(ExperimentDecision.SHIP);
		assertThat(this.fixture.read("rollout").concludedAt()).isNotNull();
		assertThat(this.fixture.read("rollout").history()).hasSize(2);
	}

	@Test
	void countsOnlyMaturedPeopleAndOnlyOutcomesInTheirWindow() {
		this.fixture.start(ab("window"));
		List<Exposure> early = this.fixture.expose("window", AssignmentRole.TEST, "a", 10, 2);
		this.fixture.clock.advance(Duration.ofHours(12));
		this.fixture.expose("window", AssignmentRole.TEST, "a", 10, 5);
		Instant exposed = ExperimentFixture.NOW;
		this.fixture.record(ExperimentFixture.click(early.get(5), exposed.plus(DAY)),
				ExperimentFixture.click(early.get(6), exposed.minusSeconds(1)),
				ExperimentFixture.click(early.get(7), exposed.plus(DAY).minusSeconds(1)));
		this.fixture.clock.advance(Duration.ofHours(12));
		ExperimentArmResult arm = this.fixture.read("window").arms().getFirst();
		assertThat(arm.exposed()).isEqualTo(20);
		assertThat(arm.matured()).isEqualTo(10);
		assertThat(arm.conversions()).isEqualTo(3);
	}

	@Test
	void ignoresMachineClicksOtherMessagesAndOtherTenants() {
		this.fixture.start(ab("noise"));
		List<Exposure> exposed = this.fixture.expose("noise", AssignmentRole.TEST, "a", 5, 1);
		Instant at = ExperimentFixture.NOW.plusSeconds(60);
		this.fixture.record(
				ExperimentFixture.track(exposed.get(1).profile(), "Email Link Clicked", at,
						Map.of("email_id", String.valueOf(exposed.get(1).send()), "machine", true)),
				ExperimentFixture.track(exposed.get(2).profile(), "Email Link Clicked", at,
						Map.of("email_id", this.fixture.ids.next().toString())),
				ExperimentFixture.track(exposed.get(3).profile(), "Email Opened", at, Map.of()));
		new ExperimentFixture().record(ExperimentFixture.click(exposed.get(4), at));
		this.fixture.clock.advance(DAY);
		assertThat(this.fixture.read("noise").arms().getFirst().conversions()).isEqualTo(1);
	}

	@Test
	void countsOnlyTheFirstExposureOfAPerson() {
		this.fixture.start(ab("again"));
		List<Exposure> exposures = List.of(exposure("a"), exposure("b"));
		assertThat(this.fixture.exposures.record(this.fixture.tenant, "again", ExperimentFixture.NOW, exposures))
			.isEqualTo(2);
		assertThat(this.fixture.exposures.record(this.fixture.tenant, "again", ExperimentFixture.NOW, exposures))
			.isZero();
		Exposure other = new Exposure(exposures.getFirst().profile(), new Assignment(AssignmentRole.TEST, "b"), null,
				null);
		assertThat(this.fixture.exposures.record(this.fixture.tenant, "again", ExperimentFixture.NOW, List.of(other)))
			.isZero();
		assertThat(this.fixture.read("again").arms()).extracting(ExperimentArmResult::exposed).containsExactly(1L, 1L);
	}

	/**
	 * Eight writers with the same people in different orders: no update is lost, none
	 * deadlocks.
	 */
	@Test
	void addsUpConcurrentOutcomes() throws Exception {
		this.fixture.start(ExperimentDefinition.of("rush", "anna", GoalMetric.CONVERSION, List.of("only")));
		List<Exposure> people = this.fixture.expose("rush", AssignmentRole.TEST, "only", 200, 0);
		try (ExecutorService writers = Executors.newFixedThreadPool(8)) {
			List<Future<?>> written = IntStream.range(0, 8)
				.<Future<?>>mapToObj((writer) -> writers.submit(() -> writeTenTimes(people, writer)))
				.toList();
			for (Future<?> one : written) {
				one.get();
			}
		}
		assertThat(this.fixture.jdbc.sql("select sum(revenue) from experiment.exposure where tenant_id = ?")
			.param(this.fixture.tenant.value())
			.query(Double.class)
			.single()).isEqualTo(8 * 10 * 200.0);
	}

	private void writeTenTimes(List<Exposure> people, int seed) {
		List<Exposure> shuffled = new ArrayList<>(people);
		Collections.shuffle(shuffled, new Random(seed));
		for (int time = 0; time < 10; time++) {
			this.fixture.record(shuffled.stream()
				.map((one) -> ExperimentFixture.order(one.profile(), ExperimentFixture.NOW.plusSeconds(60), 1, "EUR"))
				.toArray(Event[]::new));
		}
	}

	@Test
	void requiresAReviewWhenTheSplitIsUneven() {
		this.fixture.start(ab("uneven"));
		this.fixture.expose("uneven", AssignmentRole.TEST, "a", 5_600, 100);
		this.fixture.expose("uneven", AssignmentRole.TEST, "b", 5_000, 300);
		this.fixture.clock.advance(DAY.plusMinutes(1));
		ExperimentResults results = this.fixture.analyse("uneven");
		assertThat(results.sampleRatioP()).isLessThan(0.001);
		assertThat(results.verdict().decision()).isEqualTo(ExperimentDecision.REVIEW);
		assertThat(results.verdict().sentence()).contains("None of these numbers can be trusted");
		assertThat(results.concludedAt()).isNull();
	}

	@Test
	void extendsTwiceAndThenIsInconclusive() {
		this.fixture.start(ab("inconclusive"));
		this.fixture.expose("inconclusive", AssignmentRole.TEST, "a", 3_000, 60);
		this.fixture.expose("inconclusive", AssignmentRole.TEST, "b", 3_000, 63);
		this.fixture.clock.advance(ExperimentTiming.DEFAULT.deadline());
		ExperimentResults first = this.fixture.analyse("inconclusive");
		assertThat(first.verdict().decision()).isEqualTo(ExperimentDecision.KEEP_RUNNING);
		assertThat(first.verdict().sentence()).contains("No variant differs significantly",
				"Finding a lift of 10 % takes about 81,000", "runs 3 days longer (1 more");
		this.fixture.clock.advance(ExperimentTiming.DEFAULT.extension());
		assertThat(this.fixture.analyse("inconclusive").verdict().sentence()).contains("(0 more");
		this.fixture.clock.advance(ExperimentTiming.DEFAULT.extension());
		ExperimentResults last = this.fixture.analyse("inconclusive");
		assertThat(last.verdict().decision()).isEqualTo(ExperimentDecision.INCONCLUSIVE);
		assertThat(last.verdict().arm()).isEqualTo("a");
		assertThat(last.verdict().sentence()).contains("because it is the default, not because it won");
		assertThat(this.fixture.read("inconclusive").concludedAt()).isNotNull();
	}

	@Test
	void doesNotShipAnArmThatBreaksAGuardrail() {
		this.fixture.start(ab("harm"));
		this.fixture.expose("harm", AssignmentRole.TEST, "a", 5_000, 100);
		List<Exposure> better = this.fixture.expose("harm", AssignmentRole.TEST, "b", 5_000, 250);
		this.fixture.record(better.subList(0, 100)
			.stream()
			.map((one) -> ExperimentFixture.track(one.profile(), "Email Marked as Spam",
					ExperimentFixture.NOW.plusSeconds(90), Map.of("email_id", String.valueOf(one.send()))))
			.toArray(Event[]::new));
		this.fixture.clock.advance(DAY.plusMinutes(1));
		ExperimentResults results = this.fixture.analyse("harm");
		assertThat(results.verdict().decision()).isEqualTo(ExperimentDecision.REVIEW);
		assertThat(results.verdict().sentence()).contains("breaks a guardrail");
		assertThat(results.arms().get(1).guardrails()).filteredOn((one) -> one.harm() == GuardrailMetric.COMPLAINT)
			.first()
			.returns(100L, ExperimentArmResult.GuardrailMetricResult::count)
			.returns(ExperimentArmResult.GuardrailMetricResult.GuardrailState.BROKEN,
					ExperimentArmResult.GuardrailMetricResult::state);
	}

	@Test
	void measuresLiftAgainstTheControlGroup() {
		ExperimentDefinition definition = ExperimentDefinition
			.of("lift", "anna", GoalMetric.CONVERSION, List.of("only"))
			.with(new TrafficAllocation(null, 1, 0.5, false));
		this.fixture.start(definition);
		List<Exposure> treated = spenders(AssignmentRole.TEST, 4_000);
		List<Exposure> heldOut = spenders(AssignmentRole.HOLDOUT, 4_000);
		this.fixture.exposures.record(this.fixture.tenant, "lift", ExperimentFixture.NOW, treated);
		this.fixture.exposures.record(this.fixture.tenant, "lift", ExperimentFixture.NOW, heldOut);
		buy(treated.subList(0, 400));
		buy(heldOut.subList(0, 200));
		this.fixture.clock.advance(DAY);
		Lift lift = this.fixture.read("lift").lift();
		assertThat(lift).isNotNull();
		assertThat(lift.basis()).isEqualTo(AssignmentRole.HOLDOUT);
		assertThat(lift.adjusted()).isTrue();
		assertThat(lift.orders().total()).isCloseTo(200, Offset.offset(1e-6));
		assertThat(lift.orders().distinguishable()).isTrue();
		assertThat(lift.revenue().interval().lower()).isPositive();
		assertThat(lift.revenue().interval().contains(2_000)).isTrue();
		assertThat(lift.sentence()).startsWith("Incremental orders: 200");
	}

	@Test
	void reportsALiftThatIsNotDistinguishableFromZero() {
		this.fixture.start(ExperimentDefinition.of("nolift", "anna", GoalMetric.CONVERSION, List.of("only"))
			.with(new TrafficAllocation(null, 1, 0.5, false)));
		List<Exposure> treated = spenders(AssignmentRole.TEST, 1_000);
		List<Exposure> heldOut = spenders(AssignmentRole.HOLDOUT, 1_000);
		this.fixture.exposures.record(this.fixture.tenant, "nolift", ExperimentFixture.NOW, treated);
		this.fixture.exposures.record(this.fixture.tenant, "nolift", ExperimentFixture.NOW, heldOut);
		buy(treated.subList(0, 51));
		buy(heldOut.subList(0, 50));
		this.fixture.clock.advance(DAY);
		Lift lift = this.fixture.read("nolift").lift();
		assertThat(lift).isNotNull();
		assertThat(lift.orders().distinguishable()).isFalse();
		assertThat(lift.sentence()).contains("Incremental orders: not distinguishable from 0",
				"Incremental revenue: not distinguishable from 0");
	}

	@Test
	void capsRevenueLikeTheOracleAndIgnoresOtherCurrencies() {
		ExperimentDefinition definition = new ExperimentDefinition("money", "anna", List.of(new Arm("only", 1)), "only",
				GoalMetric.CONVERSION, List.of(), ExperimentTiming.DEFAULT, new TrafficAllocation(null, 1, 0.5, false),
				AllocationMode.FIXED, 0.1, 5_000, "EUR");
		this.fixture.start(definition);
		List<Exposure> treated = IntStream.range(0, 300)
			.mapToObj((person) -> exposure(AssignmentRole.TEST, "only"))
			.toList();
		this.fixture.exposures.record(this.fixture.tenant, "money", ExperimentFixture.NOW, treated);
		double[] amounts = new double[300];
		for (int person = 0; person < 250; person++) {
			amounts[person] = (person == 0) ? 10_000 : 10 + person;
			this.fixture.record(
					ExperimentFixture.order(treated.get(person).profile(), ExperimentFixture.NOW.plusSeconds(60),
							amounts[person] - 5, "EUR"),
					ExperimentFixture.order(treated.get(person).profile(), ExperimentFixture.NOW.plusSeconds(70), 5,
							"EUR"),
					ExperimentFixture.order(treated.get(person).profile(), ExperimentFixture.NOW.plusSeconds(80), 900,
							"USD"));
		}
		Instant now = ExperimentFixture.NOW.plus(DAY);
		ExperimentPhase phase = this.fixture.phaseRepository.find(this.fixture.tenant, "money").orElseThrow();
		ExposureCounts count = new ExposureCountsRepository(this.fixture.jdbc).count(phase, now).getFirst();
		double cap = WinsorisingOracle.cap(amounts, ExposureCountsRepository.REVENUE_CAP_QUANTILE);
		Sample expected = WinsorisingOracle.sample(amounts, cap);
		assertThat(count.cap()).isCloseTo(cap, Offset.offset(1e-9));
		assertThat(count.orders()).isEqualTo(250);
		assertThat(count.revenue().metric().sum()).isCloseTo(expected.sum(), Offset.offset(1e-6));
		assertThat(count.revenue().metric().sumOfSquares()).isCloseTo(expected.sumOfSquares(), Offset.offset(1e-3));
	}

	@Test
	void startsANewPhaseOnlyWhenMeasurementChanges() {
		ExperimentDefinition definition = ab("phases");
		assertThat(this.fixture.start(definition).phase()).isEqualTo(1);
		this.fixture.expose("phases", AssignmentRole.TEST, "a", 10, 0);
		assertThat(this.fixture.start(definition.with(new TrafficAllocation(null, 0.5, 0.1, true))).phase())
			.isEqualTo(1);
		assertThat(this.fixture.read("phases").arms().getFirst().exposed()).isEqualTo(10);
		Experiment third = this.fixture
			.start(ExperimentDefinition.of("phases", "anna", GoalMetric.CLICK, List.of("a", "b", "c")));
		assertThat(third.version()).isEqualTo(3);
		assertThat(third.phase()).isEqualTo(2);
		assertThat(this.fixture.read("phases").arms()).extracting(ExperimentArmResult::exposed)
			.containsExactly(0L, 0L, 0L);
		this.fixture
			.inTransaction(() -> this.fixture.experiments.approve(this.fixture.tenant, "user:anna", "phases", 1));
		assertThat(this.fixture.read("phases").phase()).isEqualTo(3);
	}

	@Test
	void keepsTheApprovalOfALiveVersion() {
		this.fixture.start(ab("approved"));
		Experiment repeated = this.fixture
			.inTransaction(() -> this.fixture.experiments.approve(this.fixture.tenant, "user:boris", "approved", 1))
			.orElseThrow();
		assertThat(repeated.live()).isTrue();
		assertThat(this.fixture.jdbc
			.sql("select approved_by from experiment.experiment where tenant_id = ? and key = 'approved'")
			.param(this.fixture.tenant.value())
			.query(String.class)
			.single()).isEqualTo("user:anna");
		assertThat(this.fixture.ledger.findBySubject(this.fixture.tenant, "experiment:approved"))
			.extracting(LedgerEntry::kind)
			.containsOnlyOnce("experiment.approved");
	}

	@Test
	void restartsAConcludedExperimentWithAnApproval() {
		this.fixture.start(ab("again"));
		this.fixture
			.inTransaction(() -> this.fixture.experiments.conclude(this.fixture.tenant, "user:anna", "again", "b"));
		this.fixture
			.inTransaction(() -> this.fixture.experiments.approve(this.fixture.tenant, "user:boris", "again", 1));
		assertThat(this.fixture.read("again").phase()).isEqualTo(2);
	}

	@Test
	void sharesALayerWithoutSharingPeople() {
		TrafficAllocation most = new TrafficAllocation("subjects", 0.6, 0, false);
		this.fixture.start(ab("one").with(most));
		assertThatIllegalStateException().isThrownBy(() -> this.fixture.start(ab("two").with(most)))
			.withMessageContaining("has only 40.00 % free traffic");
		this.fixture.start(ab("two").with(new TrafficAllocation("subjects", 0.4, 0, false)));
		List<ProfileId> people = this.fixture.people(2_000);
		List<Assignment> one = this.fixture.assignments.assign(this.fixture.tenant, "one", people);
		List<Assignment> two = this.fixture.assignments.assign(this.fixture.tenant, "two", people);
		assertThat(IntStream.range(0, people.size())
			.filter((person) -> (one.get(person).role() == AssignmentRole.TEST) == (two.get(person)
				.role() == AssignmentRole.TEST))
			.count()).as("people who are in no test, or in two").isZero();
		this.fixture
			.inTransaction(() -> this.fixture.experiments.conclude(this.fixture.tenant, "user:anna", "one", "b"));
		assertThat(this.fixture.start(ab("three").with(most)).live()).isTrue();
	}

	@Test
	void drawsSharesInThompsonModeAndTestsTheUniformSliceOnly() {
		this.fixture.start(TestDefinitions.withMode(ab("bandit"), AllocationMode.THOMPSON));
		this.fixture.expose("bandit", AssignmentRole.TEST, "a", 2_000, 60);
		this.fixture.expose("bandit", AssignmentRole.TEST, "b", 2_000, 61);
		this.fixture.expose("bandit", AssignmentRole.ADAPTIVE, "b", 8_000, 800);
		this.fixture.clock.advance(DAY.plusMinutes(1));
		ExperimentResults results = this.fixture.analyse("bandit");
		assertThat(results.verdict().decision()).isEqualTo(ExperimentDecision.KEEP_RUNNING);
		assertThat(results.arms().get(1).matured()).isEqualTo(2_000);
		ExperimentResults next = this.fixture.read("bandit");
		assertThat(next.arms().get(1).share()).isGreaterThan(0.85);
		List<Assignment> assigned = this.fixture.assignments.assign(this.fixture.tenant, "bandit",
				this.fixture.people(5_000));
		assertThat(assigned.stream().filter((one) -> one.role() == AssignmentRole.TEST).count() / 4_750.0)
			.isBetween(0.08, 0.12);
	}

	@Test
	void concludesManuallyAndRecordsTheActor() {
		this.fixture.start(ab("hand"));
		ExperimentResults results = this.fixture
			.inTransaction(() -> this.fixture.experiments.conclude(this.fixture.tenant, "user:anna", "hand", "b"))
			.orElseThrow();
		assertThat(results.verdict()).isEqualTo(new ExperimentVerdict(ExperimentDecision.SHIP, "b",
				"\"b\" was chosen by user:anna, regardless of the test result."));
		assertThat(this.fixture.ledger.findBySubject(this.fixture.tenant, "experiment:hand").getLast().actor())
			.isEqualTo("user:anna");
		assertThat(this.fixture.experiments.conclude(this.fixture.tenant, "user:anna", "hand", "z")).isEmpty();
	}

	@Test
	void keepsTheFirstExposureWhenProfilesAreMerged() {
		this.fixture.start(ab("merge"));
		List<Exposure> first = this.fixture.expose("merge", AssignmentRole.TEST, "a", 1, 1);
		this.fixture.clock.advance(Duration.ofHours(1));
		List<Exposure> second = this.fixture.expose("merge", AssignmentRole.TEST, "b", 1, 0);
		List<Exposure> third = this.fixture.expose("merge", AssignmentRole.TEST, "b", 1, 0);
		ProfileId survivor = second.getFirst().profile();
		this.fixture.merge(new ProfilesMerged.Merge(survivor, first.getFirst().profile()),
				new ProfilesMerged.Merge(third.getFirst().profile(), survivor));
		assertThat(this.fixture.export(third.getFirst().profile())).singleElement()
			.returns("a", ExportedExposure::arm)
			.returns("merge", ExportedExposure::experiment)
			.matches((one) -> one.clickedAt() != null);
		assertThat(this.fixture.export(survivor)).isEmpty();
		assertThat(this.fixture.export(first.getFirst().profile())).isEmpty();
	}

	@Test
	void anonymisesExposuresAndKeepsTheCounts() {
		this.fixture.start(ab("forget"));
		ProfileId person = this.fixture.expose("forget", AssignmentRole.TEST, "a", 1, 1).getFirst().profile();
		assertThat(this.fixture.anonymise(person)).isEqualTo(1);
		assertThat(this.fixture.export(person)).isEmpty();
		this.fixture.clock.advance(DAY);
		assertThat(this.fixture.read("forget").arms().getFirst().conversions()).isEqualTo(1);
	}

	@Test
	void analysesOnScheduleAndStopsMeasuringAfterTheLastWindow() {
		this.fixture.start(ab("schedule"));
		this.fixture.expose("schedule", AssignmentRole.TEST, "a", 5_000, 100);
		this.fixture.expose("schedule", AssignmentRole.TEST, "b", 5_000, 200);
		this.fixture.clock.advance(DAY.plusMinutes(1));
		this.fixture.schedule.run();
		assertThat(this.fixture.read("schedule").verdict().decision()).isEqualTo(ExperimentDecision.SHIP);
		assertThat(this.fixture.phaseRepository.isMeasuring(this.fixture.tenant)).isTrue();
		this.fixture.clock.advance(DAY.plusMinutes(20));
		this.fixture.schedule.run();
		assertThat(this.fixture.phaseRepository.isMeasuring(this.fixture.tenant)).isFalse();
		this.fixture.expose("schedule", AssignmentRole.ROLLOUT, "b", 10, 10);
		assertThat(this.fixture.phaseRepository.isMeasuring(this.fixture.tenant)).isTrue();
	}

	@Test
	void analysesOtherExperimentsWhenOneFails() {
		this.fixture.start(ab("broken"));
		this.fixture.clock.advance(Duration.ofSeconds(1));
		this.fixture.start(ab("sound"));
		this.fixture.jdbc
			.sql("update experiment.experiment set definition = '{}' where tenant_id = ? and key = 'broken'")
			.param(this.fixture.tenant.value())
			.update();
		this.fixture.clock.advance(Duration.ofHours(1));
		this.fixture.schedule.run();
		assertThat(this.fixture.read("sound").history()).isNotEmpty();
	}

	@Test
	void rejectsAnInvalidDefinitionWithAllViolations() {
		ExperimentDefinition wrong = new ExperimentDefinition("Bad Key", " ", List.of(new Arm("a", 0), new Arm("a", 1)),
				"z", GoalMetric.CLICK, List.of(new GuardrailLimit(GuardrailMetric.BOUNCE, 2)),
				new ExperimentTiming(DAY, DAY, Duration.ofHours(1), DAY, 0), new TrafficAllocation(null, 2, 1, true),
				AllocationMode.FIXED, 0.1, 10, "EURO");
		assertThatIllegalArgumentException().isThrownBy(() -> this.fixture.start(wrong))
			.withMessageContainingAll("/key", "/owner", "/arms/0/weight", "/arms/1/key", "/defaultArm",
					"/guardrails/0/margin", "/pace/deadline", "/reach/traffic", "/reach/holdout", "/plannedUsers",
					"/currency");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.fixture.assignments.assign(this.fixture.tenant, "nowhere", List.of()))
			.withMessageContaining("has no live version");
	}

	private List<Exposure> spenders(AssignmentRole role, int number) {
		return IntStream.range(0, number)
			.mapToObj((person) -> new Exposure(this.fixture.people(1).getFirst(), new Assignment(role, "only"),
					(role == AssignmentRole.HOLDOUT) ? null : new SendId(this.fixture.ids.next()),
					(double) (person % 7)))
			.toList();
	}

	private void buy(List<Exposure> people) {
		this.fixture.record(people.stream()
			.map((one) -> ExperimentFixture.order(one.profile(), ExperimentFixture.NOW.plusSeconds(60), 10, "EUR"))
			.toArray(Event[]::new));
	}

	private Exposure exposure(String arm) {
		return exposure(AssignmentRole.TEST, arm);
	}

	private Exposure exposure(AssignmentRole role, String arm) {
		return new Exposure(this.fixture.people(1).getFirst(), new Assignment(role, arm),
				new SendId(this.fixture.ids.next()), null);
	}

	private static ExperimentDefinition ab(String key) {
		return ExperimentDefinition.of(key, "anna", GoalMetric.CLICK, List.of("a", "b"));
	}

}
