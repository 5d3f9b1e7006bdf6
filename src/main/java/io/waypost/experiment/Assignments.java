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
 * Assigns profiles to arms. An assignment is computed from ids alone: it is the same on
 * every node and at every repetition while the definition is unchanged, and takes well
 * under a microsecond per profile. The live phase is read at most once a second.
 */
@Component
public class Assignments {

	private final LivePhaseCache livePhases;

	private final ExperimentSettings settings;

	private final Clock clock;

	Assignments(LivePhaseCache livePhases, ExperimentSettings settings, Clock clock) {
		this.livePhases = livePhases;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Computes the assignments an experiment would make if it started now.
	 * @param tenant the tenant
	 * @param definition an experiment without a named layer
	 * @param profiles any number
	 * @return one assignment per profile, in the same order
	 */
	public List<Assignment> preview(TenantId tenant, ExperimentDefinition definition, List<ProfileId> profiles) {
		Instant now = this.clock.instant();
		ExperimentPhase phase = new ExperimentPhase(new UUID(0, 0), tenant, 1, 1, definition, now, now, 0,
				List.of(new LayerSlots.SlotRange(0, LayerSlots.slotsFor(definition.reach().traffic()))), List.of(),
				null, false);
		return assign(phase, profiles);
	}

	/**
	 * Assigns profiles. People held out must not get a message; record their exposure
	 * when the others are sent theirs, but only if the message would have reached them.
	 * The global holdout changes with the quarter (UTC): a campaign that runs into the
	 * next quarter must store its assignments.
	 * @param tenant the tenant
	 * @param experiment key of an experiment with a live version
	 * @param profiles any number
	 * @return one assignment per profile, in the same order
	 * @throws IllegalArgumentException when no version is live
	 */
	public List<Assignment> assign(TenantId tenant, String experiment, List<ProfileId> profiles) {
		return assign(this.livePhases.require(tenant, experiment), profiles);
	}

	private List<Assignment> assign(ExperimentPhase phase, List<ProfileId> profiles) {
		LocalDate today = LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC);
		ArmAssigner assigner = new ArmAssigner(phase, this.settings.globalHoldout(), today);
		return profiles.stream().map(assigner::assign).toList();
	}

}
