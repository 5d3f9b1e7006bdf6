/**
 * Decisions: interim analyses, comparison of arms, lift, the decision rule and its
 * explanation in text.
 */
@NullMarked
package io.waypost.experiment.verdict;

import org.jspecify.annotations.NullMarked;
