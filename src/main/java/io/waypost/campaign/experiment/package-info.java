/**
 * The experiment behind a campaign: its variants, holdout and schedule.
 */
@NullMarked
package io.waypost.campaign.experiment;

import org.jspecify.annotations.NullMarked;
