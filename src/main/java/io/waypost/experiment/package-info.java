/**
 * Experiments: A/B tests with assignment, holdouts, exposures, statistics and decisions.
 * Layer 4.
 * <p>
 * Public API:
 * <ul>
 * <li>{@link io.waypost.experiment.Experiments}: {@code start} (or {@code define} and
 * {@code approve}) an {@link io.waypost.experiment.ExperimentDefinition}, {@code read}
 * its results, {@code analyse} it (which may conclude it), {@code conclude} it
 * manually;</li>
 * <li>{@link io.waypost.experiment.Assignments}: assigns profiles to arms, many at once
 * and without a database query per profile;</li>
 * <li>{@link io.waypost.experiment.Exposures}: records who was sent what or was held out,
 * one statement per batch.</li>
 * </ul>
 * Outcomes are read from recorded events. A campaign without an A/B test defines an
 * experiment with one arm, so it still has a holdout and a lift.
 */
@NullMarked
@ApplicationModule(
		allowedDependencies = { "kernel", "database", "ledger", "access", "policy", "identity", "ingestion" })
package io.waypost.experiment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
