package io.waypost.experiment;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One version of an experiment. A version never changes but for its approval.
 *
 * @param definition what it is
 * @param version from 1
 * @param live whether it is the one in force
 * @param phase under which number people are assigned and counted; null before the
 * approval
 * @param createdBy who made it
 * @param createdAt when
 * @param approvedAt when it was put live last, null before
 */
public record Experiment(ExperimentDefinition definition, int version, boolean live, @Nullable Integer phase,
		String createdBy, Instant createdAt, @Nullable Instant approvedAt) {

}
