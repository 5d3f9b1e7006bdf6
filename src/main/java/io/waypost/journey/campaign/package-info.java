/**
 * The course of campaigns in the process engine: one delegate for each step of
 * {@code processes/campaign.bpmn} and {@code processes/campaign-chunk.bpmn}. What a step
 * does is the business of the room {@code campaign}.
 */
@NullMarked
package io.waypost.journey.campaign;

import org.jspecify.annotations.NullMarked;
