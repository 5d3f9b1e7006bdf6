package io.waypost.experiment;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

import io.waypost.experiment.assign.ArmAssigner;
import io.waypost.experiment.assign.ExperimentPhase;
import io.waypost.experiment.assign.LayerSlots;
import io.waypost.experiment.assign.LivePhaseCache;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/**
 * Who gets which arm. The answer is computed from ids alone, so it is the same on every
 * node and at every repetition while the definition is unchanged, and costs well under a
 * microsecond a person. What the experiment is like is read at most once a second.
 */
@Component
public class Assignments {

	private final LivePhaseCache live;

	private final ExperimentSettings settings;

	private final Clock clock;

	Assignments(LivePhaseCache live, ExperimentSettings settings, Clock clock) {
		this.live = live;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Tells what an experiment would give people if it began now.
	 * @param tenant whose people
	 * @param definition of an experiment that has its own layer
	 * @param profiles any number
	 * @return what each would get, in the same order
	 */
	public List<Assignment> preview(TenantId tenant, ExperimentDefinition definition, List<ProfileId> profiles) {
		Instant now = this.clock.instant();
		ExperimentPhase trial = new ExperimentPhase(new UUID(0, 0), tenant, 1, 1, definition, now, now, 0,
				List.of(new LayerSlots.SlotRange(0, LayerSlots.slotsFor(definition.reach().traffic()))), List.of(),
				null, false);
		return place(trial, now, profiles);
	}

	/**
	 * Assigns people. Who is held out must get no message; record the exposure all the
	 * same, when the others are sent theirs, if the message would have reached them. The
	 * global holdout changes with the quarter (UTC): keep the answers of a campaign that
	 * runs across the turn.
	 * @param tenant whose people
	 * @param experiment key of an experiment that has a live version
	 * @param profiles any number
	 * @return what each gets, in the same order
	 * @throws IllegalArgumentException when no version of it is live
	 */
	public List<Assignment> assign(TenantId tenant, String experiment, List<ProfileId> profiles) {
		LivePhaseCache.CachedPhase current = this.live.require(tenant, experiment);
		return place(current.phase(), current.readAt(), profiles);
	}

	private List<Assignment> place(ExperimentPhase trial, Instant at, List<ProfileId> profiles) {
		LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
		ArmAssigner splitter = new ArmAssigner(trial, this.settings.globalHoldout(), day);
		return profiles.stream().map(splitter::assign).toList();
	}

}
