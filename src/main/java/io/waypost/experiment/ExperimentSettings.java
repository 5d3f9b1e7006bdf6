package io.waypost.experiment;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of experiments.
 *
 * @param globalHoldout share of each tenant's profiles that receive no campaign for a
 * quarter; 0 for no global holdout
 * @param analysisInterval time between two interim analyses of a running experiment
 * @param minimumPeople matured people that each arm needs before a decision
 * @param minimumConversions conversions that each arm needs before a decision
 */
@ConfigurationProperties("waypost.experiment")
public record ExperimentSettings(@DefaultValue("0.05") double globalHoldout,
		@DefaultValue("10m") Duration analysisInterval, @DefaultValue("100") long minimumPeople,
		@DefaultValue("40") long minimumConversions) {

	public ExperimentSettings {
		if (!(globalHoldout >= 0 && globalHoldout < 1)) {
			throw new IllegalArgumentException(
					"waypost.experiment.global-holdout is %s; it must be a share from 0 to below 1"
						.formatted(globalHoldout));
		}
	}

}
