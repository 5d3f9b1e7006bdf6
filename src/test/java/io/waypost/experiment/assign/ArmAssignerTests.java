package io.waypost.experiment.assign;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.waypost.experiment.AllocationMode;
import io.waypost.experiment.Arm;
import io.waypost.experiment.Assignment;
import io.waypost.experiment.Assignment.AssignmentRole;
import io.waypost.experiment.ExperimentDecision;
import io.waypost.experiment.ExperimentDefinition;
import io.waypost.experiment.ExperimentTiming;
import io.waypost.experiment.ExperimentVerdict;
import io.waypost.experiment.GoalMetric;
import io.waypost.experiment.TestDefinitions;
import io.waypost.experiment.TrafficAllocation;
import io.waypost.experiment.assign.LayerSlots.SlotRange;
import io.waypost.experiment.stats.StatisticsOracle;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import io.waypost.kernel.UuidV7Generator;
import io.waypost.testing.MutableClock;
import org.apache.commons.statistics.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Chi-square tests of the assignment on realistic ids. All inputs are fixed, so the tests
 * cannot fail by chance; the limits correspond to a significance of one in a thousand.
 */
class ArmAssignerTests {

	private static final TenantId TENANT = new TenantId("acme");

	private static final LocalDate DAY = LocalDate.of(2026, 11, 22);

	private static final List<ProfileId> PEOPLE = people(100_000);

	private static final Function<Assignment, String> ARM = Assignment::arm;

	@Test
	void allocatesPeopleByTheWeights() {
		ExperimentDefinition definition = definition("weights",
				List.of(new Arm("a", 1), new Arm("b", 2), new Arm("c", 5)));
		Map<String, Long> arms = count(assign(phase(definition)), ARM);
		assertThat(StatisticsOracle.chiSquare(new long[] { arms.get("a"), arms.get("b"), arms.get("c") },
				new double[] { 1, 2, 5 }))
			.isGreaterThan(0.001);
	}

	@Test
	void allocatesPeopleEvenly() {
		for (int experiment = 0; experiment < 20; experiment++) {
			List<Arm> arms = IntStream.range(0, 20).mapToObj((arm) -> new Arm("arm" + arm, 1)).toList();
			Map<String, Long> counts = count(assign(phase(definition("even" + experiment, arms))), ARM);
			long[] observed = arms.stream().mapToLong((arm) -> counts.get(arm.key())).toArray();
			assertThat(ChiSquareTest.withDefaults().test(observed).getPValue()).as("experiment %d", experiment)
				.isGreaterThan(0.001 / 20);
		}
	}

	@Test
	void assignsExperimentsIndependentlyOfOneAnother() {
		List<String> names = List.of("subject", "subject2", "Subject", "tcejbus", "s", "subjects", "hero", "price");
		Map<String, List<Assignment>> assigned = names.stream()
			.collect(Collectors.toMap(Function.identity(), (name) -> assign(phase(ab(name)))));
		int pairs = names.size() * (names.size() - 1) / 2;
		for (int one = 0; one < names.size(); one++) {
			for (int other = one + 1; other < names.size(); other++) {
				assertThat(independence(assigned.get(names.get(one)), assigned.get(names.get(other)), ARM))
					.as("%s and %s", names.get(one), names.get(other))
					.isGreaterThan(0.001 / pairs);
			}
		}
	}

	@Test
	void assignsPhasesArmsAndHoldoutsIndependently() {
		ExperimentDefinition definition = ab("phases").with(new TrafficAllocation(null, 1, 0.5, false));
		List<Assignment> first = assign(phase(definition, 1));
		List<Assignment> second = assign(phase(definition, 2));
		List<Assignment> withoutHoldout = assign(phase(ab("phases"), 1));
		assertThat(first.stream().map(Assignment::heldOut))
			.isEqualTo(second.stream().map(Assignment::heldOut).toList());
		assertThat(independence(withoutHoldout, assign(phase(ab("phases"), 2)), ARM)).isGreaterThan(0.001);
		long[][] table = new long[2][2];
		for (int person = 0; person < PEOPLE.size(); person++) {
			table[first.get(person).heldOut() ? 1 : 0][withoutHoldout.get(person).arm().equals("a") ? 1 : 0]++;
		}
		assertThat(ChiSquareTest.withDefaults().test(table).getPValue()).isGreaterThan(0.001);
	}

	@Test
	void assignsTheSameArmAtEveryCall() {
		ExperimentPhase phase = phase(ab("sticky"));
		assertThat(assign(phase)).isEqualTo(assign(phase(ab("sticky").with(ExperimentTiming.DEFAULT))));
		assertThat(assign(phase)).isNotEqualTo(assign(phase(ab("other"))));
	}

	@Test
	void onlyAddsPeopleWhenTrafficIsRaised() {
		Map<ProfileId, Assignment> before = new HashMap<>();
		for (double traffic : new double[] { 0.01, 0.05, 0.2, 0.5, 1 }) {
			ExperimentPhase phase = phase(ab("ramp").with(new TrafficAllocation(null, traffic, 0.1, true)));
			List<Assignment> assigned = assign(phase);
			long inTest = assigned.stream().filter((one) -> one.role() == AssignmentRole.TEST).count();
			assertThat(inTest / (0.9 * 0.95 * PEOPLE.size())).isBetween(traffic * 0.95, traffic * 1.05);
			for (int person = 0; person < PEOPLE.size(); person++) {
				Assignment earlier = before.get(PEOPLE.get(person));
				if (earlier != null && earlier.role() != AssignmentRole.OUTSIDE
						&& !assigned.get(person).equals(earlier)) {
					fail("%s was moved from %s to %s", PEOPLE.get(person), earlier, assigned.get(person));
				}
				before.put(PEOPLE.get(person), assigned.get(person));
			}
		}
	}

	@Test
	void keepsExperimentsOfALayerApart() {
		List<SlotRange> first = LayerSlots.resize(List.of(), List.of(), 3_000);
		List<SlotRange> second = LayerSlots.resize(List.of(), first, 5_000);
		List<SlotRange> third = LayerSlots.resize(List.of(), List.of(first.getFirst(), second.getFirst()), 2_000);
		TrafficAllocation traffic = new TrafficAllocation("subjects", 0.3, 0, false);
		List<List<Assignment>> all = List.of(assign(phase(ab("one").with(traffic), first)),
				assign(phase(ab("two").with(traffic), second)), assign(phase(ab("three").with(traffic), third)));
		assertThat(IntStream.range(0, PEOPLE.size())
			.filter((
					person) -> all.stream().filter((one) -> one.get(person).role() == AssignmentRole.TEST).count() != 1)
			.count()).as("people who are in no test, or in two").isZero();
	}

	@Test
	void growsAndShrinksWithoutReassigningPeople() {
		SplittableRandom random = new SplittableRandom(20261122);
		List<SlotRange> others = List.of(new SlotRange(1_000, 1_500), new SlotRange(4_000, 9_000));
		List<SlotRange> owned = List.of();
		for (int step = 0; step < 500; step++) {
			int wanted = random.nextInt(4_501);
			List<SlotRange> resized = LayerSlots.resize(owned, others, wanted);
			assertThat(LayerSlots.size(resized)).isEqualTo(wanted);
			BitSet before = slots(owned);
			BitSet after = slots(resized);
			assertThat(after.cardinality()).isEqualTo(wanted);
			assertThat(after.intersects(slots(others))).isFalse();
			assertThat((wanted >= before.cardinality()) ? isWithin(before, after) : isWithin(after, before)).isTrue();
			owned = resized;
		}
		assertThat(LayerSlots.size(LayerSlots.resize(owned, others, LayerSlots.TOTAL))).isEqualTo(4_500);
	}

	@Test
	void keepsTheGlobalHoldoutForAQuarter() {
		Set<ProfileId> first = heldOut(ab("first"), LocalDate.of(2026, 10, 1));
		assertThat(first).isEqualTo(heldOut(ab("second"), LocalDate.of(2026, 12, 31)));
		assertThat(first.size() / (double) PEOPLE.size()).isBetween(0.047, 0.053);
		Set<ProfileId> next = heldOut(ab("first"), LocalDate.of(2027, 1, 1));
		Set<ProfileId> both = new HashSet<>(first);
		both.retainAll(next);
		assertThat(both.size() / (double) first.size()).as("share that is held out again").isBetween(0.03, 0.07);
	}

	@Test
	void keepsAUniformSliceInThompsonMode() {
		ExperimentDefinition definition = TestDefinitions.withMode(ab("bandit"), AllocationMode.THOMPSON);
		ExperimentPhase drawn = new ExperimentPhase(UUID.randomUUID(), TENANT, 1, 1, definition, Instant.EPOCH,
				Instant.MAX, 0, List.of(new SlotRange(0, LayerSlots.TOTAL)), List.of(0.1, 0.9), null, false);
		List<Assignment> assigned = assign(drawn);
		Map<String, Long> test = count(assigned.stream().filter((one) -> one.role() == AssignmentRole.TEST).toList(),
				ARM);
		Map<String, Long> adaptive = count(
				assigned.stream().filter((one) -> one.role() == AssignmentRole.ADAPTIVE).toList(), ARM);
		assertThat(StatisticsOracle.chiSquare(new long[] { test.get("a"), test.get("b") }, new double[] { 1, 1 }))
			.isGreaterThan(0.001);
		assertThat(
				StatisticsOracle.chiSquare(new long[] { adaptive.get("a"), adaptive.get("b") }, new double[] { 1, 9 }))
			.isGreaterThan(0.001);
		assertThat((test.get("a") + test.get("b")) / (0.95 * PEOPLE.size())).isBetween(0.095, 0.105);
	}

	@Test
	void assignsTheWinnerToEveryoneAfterTheConclusion() {
		ExperimentDefinition definition = ab("over").with(new TrafficAllocation(null, 0.1, 0.1, true));
		ExperimentPhase over = new ExperimentPhase(UUID.randomUUID(), TENANT, 1, 1, definition, Instant.EPOCH,
				Instant.MAX, 0, List.of(new SlotRange(0, 1_000)), List.of(),
				new ExperimentPhase.Conclusion(Instant.EPOCH, new ExperimentVerdict(ExperimentDecision.SHIP, "b", "")),
				false);
		assertThat(assign(over).stream().filter((one) -> !one.heldOut()).distinct())
			.containsExactly(new Assignment(AssignmentRole.ROLLOUT, "b"));
		assertThat(assign(over).stream().filter(Assignment::heldOut).count() / (double) PEOPLE.size()).isBetween(0.14,
				0.15);
	}

	@Test
	void assignsInMicroseconds() {
		ArmAssigner assigner = new ArmAssigner(phase(ab("speed")), 0.05, DAY);
		PEOPLE.forEach(assigner::assign);
		long start = System.nanoTime();
		PEOPLE.forEach(assigner::assign);
		Duration taken = Duration.ofNanos(System.nanoTime() - start);
		assertThat(taken).as("100,000 people").isLessThan(Duration.ofMillis(500));
	}

	private static Set<ProfileId> heldOut(ExperimentDefinition definition, LocalDate day) {
		ArmAssigner assigner = new ArmAssigner(phase(definition), 0.05, day);
		return PEOPLE.stream()
			.filter((person) -> assigner.assign(person).role() == AssignmentRole.GLOBAL_HOLDOUT)
			.collect(Collectors.toSet());
	}

	private static List<Assignment> assign(ExperimentPhase phase) {
		ArmAssigner assigner = new ArmAssigner(phase, 0.05, DAY);
		return PEOPLE.stream().map(assigner::assign).toList();
	}

	private static double independence(List<Assignment> one, List<Assignment> other,
			Function<Assignment, String> value) {
		long[][] table = new long[2][2];
		for (int person = 0; person < one.size(); person++) {
			if (!one.get(person).heldOut() && !other.get(person).heldOut()) {
				table[value.apply(one.get(person)).equals("a") ? 0 : 1][value.apply(other.get(person)).equals("a") ? 0
						: 1]++;
			}
		}
		return ChiSquareTest.withDefaults().test(table).getPValue();
	}

	private static Map<String, Long> count(List<Assignment> assigned, Function<Assignment, String> by) {
		return assigned.stream()
			.filter((one) -> !one.heldOut())
			.collect(Collectors.groupingBy(by, Collectors.counting()));
	}

	private static BitSet slots(List<SlotRange> ranges) {
		BitSet slots = new BitSet(LayerSlots.TOTAL);
		ranges.forEach((range) -> slots.set(range.from(), range.to()));
		return slots;
	}

	private static boolean isWithin(BitSet some, BitSet all) {
		BitSet rest = (BitSet) some.clone();
		rest.andNot(all);
		return rest.isEmpty();
	}

	private static ExperimentDefinition ab(String key) {
		return ExperimentDefinition.of(key, "anna", GoalMetric.CLICK, List.of("a", "b"));
	}

	private static ExperimentDefinition definition(String key, List<Arm> arms) {
		return new ExperimentDefinition(key, "anna", arms, arms.getFirst().key(), GoalMetric.CLICK, List.of(),
				ExperimentTiming.DEFAULT, TrafficAllocation.DEFAULT, AllocationMode.FIXED, 0.1, 5_000, null);
	}

	private static ExperimentPhase phase(ExperimentDefinition definition) {
		return phase(definition, 1);
	}

	private static ExperimentPhase phase(ExperimentDefinition definition, int phase) {
		return new ExperimentPhase(UUID.randomUUID(), TENANT, 1, phase, definition, Instant.EPOCH, Instant.MAX, 0,
				List.of(new SlotRange(0, LayerSlots.slotsFor(definition.reach().traffic()))), List.of(), null, false);
	}

	private static ExperimentPhase phase(ExperimentDefinition definition, List<SlotRange> slots) {
		return new ExperimentPhase(UUID.randomUUID(), TENANT, 1, 1, definition, Instant.EPOCH, Instant.MAX, 0, slots,
				List.of(), null, false);
	}

	/** Ids as an import creates them: in sequence, a few milliseconds apart. */
	private static List<ProfileId> people(int number) {
		MutableClock clock = MutableClock.at("2026-11-01T00:00:00Z");
		UuidV7Generator ids = new UuidV7Generator(clock, new SplittableRandom(7));
		List<ProfileId> people = new ArrayList<>();
		for (int person = 0; person < number; person++) {
			clock.advance(Duration.ofMillis(person % 3));
			people.add(new ProfileId(ids.next()));
		}
		return people;
	}

}
