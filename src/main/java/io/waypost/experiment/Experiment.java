package io.waypost.experiment;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One version of an experiment. After it is created, only its approval changes.
 *
 * @param definition the definition
 * @param version from 1
 * @param live whether this version is live
 * @param phase number of the phase in which people are assigned and counted; null before
 * the approval
 * @param createdBy who created it
 * @param createdAt when it was created
 * @param approvedBy who made it live last, null if never
 * @param approvedAt when it last became live, null if never
 */
public record Experiment(ExperimentDefinition definition, int version, boolean live, @Nullable Integer phase,
		String createdBy, Instant createdAt, @Nullable String approvedBy, @Nullable Instant approvedAt) {

}
