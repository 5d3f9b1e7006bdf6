/**
 * Campaigns in the process engine: one bean for each step of
 * {@code processes/campaign.bpmn} and {@code processes/campaign-chunk.bpmn}. The module
 * {@code campaign} has the logic of the steps.
 */
@NullMarked
package io.waypost.journey.campaign;

import org.jspecify.annotations.NullMarked;
