/**
 * Assignment, holdouts, exposures, statistics, verdicts. Floor 4.
 * <p>
 * Three words are the room's API:
 * <ul>
 * <li>{@link io.waypost.experiment.Experiments}: {@code start} (or {@code define} and
 * {@code approve}) a {@link io.waypost.experiment.Definition}, {@code find} it,
 * {@code read} how it stands, {@code look} (which may conclude it), {@code conclude} by
 * hand;</li>
 * <li>{@link io.waypost.experiment.Assignments}: who gets which arm, for many people at
 * once and without asking the database about any of them;</li>
 * <li>{@link io.waypost.experiment.Exposures}: who was really sent (or held out from)
 * what, one statement for each batch.</li>
 * </ul>
 * Outcomes come in by themselves, from the front door. A campaign without a test defines
 * an experiment of one arm: it still has its holdout and its lift.
 * <p>
 * Quality: the statistics are mature (reference vectors of other engines, simulations);
 * Thompson mode is experimental.
 */
@NullMarked
@ApplicationModule(
		allowedDependencies = { "database", "kernel", "ledger", "access", "policy", "identity", "ingestion" })
package io.waypost.experiment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
