package io.waypost.agent;

import java.util.Map;

import io.waypost.kernel.ProfileId;

/**
 * Somebody a campaign wants to write to.
 *
 * @param profile whom
 * @param variant which variant of the words
 * @param assignment why that variant, for the explanation: experiment, role, arm; empty
 * without an experiment
 * @param deferrals how often this campaign put the person off so far
 */
public record CampaignRecipient(ProfileId profile, String variant, Map<String, Object> assignment, int deferrals) {

}
