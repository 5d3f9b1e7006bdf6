/**
 * The arithmetic of experiments: pure functions over sums, no Spring, no clock, no
 * database. Every formula names its source. What they must agree with was computed by
 * other people's engines (GrowthBook, statsmodels, scipy): see
 * {@code ReferenceVectorTests}.
 */
@NullMarked
@NamedInterface("stats")
package io.waypost.experiment.stats;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
