package io.waypost.experiment;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

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

	private final LiveTrials live;

	private final ExperimentSettings settings;

	private final Clock clock;

	Assignments(LiveTrials live, ExperimentSettings settings, Clock clock) {
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
	public List<Assignment> foresee(TenantId tenant, Definition definition, List<ProfileId> profiles) {
		Instant now = this.clock.instant();
		Trial trial = new Trial(new UUID(0, 0), tenant, 1, 1, definition, now, now, 0,
				List.of(new Slots.Range(0, Slots.count(definition.reach().traffic()))), List.of(), null, false);
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
		LiveTrials.Live current = this.live.require(tenant, experiment);
		return place(current.trial(), current.readAt(), profiles);
	}

	private List<Assignment> place(Trial trial, Instant at, List<ProfileId> profiles) {
		LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
		Splitter splitter = new Splitter(trial, this.settings.globalHoldout(), day);
		return profiles.stream().map(splitter::place).toList();
	}

}
