package io.waypost.campaign;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The brief of a campaign.
 *
 * @param name internal name
 * @param goal goal of the messages, as the planner uses it; defaults to the template's
 * key
 * @param template key of the template
 * @param segment canonical name of the segment
 * @param category category of the catalogue; null for each recipient's preferred one
 * @param schedule send time; null to send after the launch
 * @param test test of two or more variants with a part of the audience; null without a
 * test
 * @param holdoutPercent control group in percent of the audience, 0 to 50. It receives no
 * message and is used to measure lift
 * @param bestHourWithin send-time optimisation window: each message is sent at its
 * recipient's best hour within this time; null without optimisation
 * @param offer key of the offer to announce; null for none
 */
public record CampaignBrief(String name, String goal, String template, String segment, @Nullable String category,
		@Nullable Instant schedule, @Nullable ExperimentPlan test, double holdoutPercent,
		@Nullable Duration bestHourWithin, @Nullable String offer) {

	/**
	 * Creates a brief without send-time optimisation and without an offer.
	 * @param name internal name
	 * @param goal goal of the messages
	 * @param template key of the template
	 * @param segment canonical name of the segment
	 * @param category a category of the catalogue, or null
	 * @param schedule send time, or null
	 * @param test test of variants, or null
	 * @param holdoutPercent control group in percent
	 */
	public CampaignBrief(String name, String goal, String template, String segment, @Nullable String category,
			@Nullable Instant schedule, @Nullable ExperimentPlan test, double holdoutPercent) {
		this(name, goal, template, segment, category, schedule, test, holdoutPercent, null, null);
	}

}
