/**
 * Statistics of experiments: pure functions without Spring, clock or database. Each
 * formula names its source. The results agree with reference vectors computed by
 * GrowthBook, statsmodels and scipy: see {@code ReferenceVectorTests}.
 */
@NullMarked
@NamedInterface("stats")
package io.waypost.experiment.stats;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
