package io.waypost.agent;

import java.util.Map;

import io.waypost.kernel.ProfileId;

/**
 * A recipient of a campaign.
 *
 * @param profile profile of the recipient
 * @param variant name of the variant
 * @param assignment experiment, role and arm for the explanation; empty without an
 * experiment
 * @param deferrals how often this campaign has deferred the recipient
 */
public record CampaignRecipient(ProfileId profile, String variant, Map<String, Object> assignment, int deferrals) {

}
