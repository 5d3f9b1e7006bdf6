package io.waypost.campaign;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a marketer wants.
 *
 * @param name for people
 * @param goal what it is to bring about, as the planner understands it; the template's
 * key when nobody said
 * @param template key of the template
 * @param segment canonical name of the segment
 * @param category what it is about, a category of the catalogue; null for anything
 * @param schedule when to begin; null for at once
 * @param test two or more variants tried on a part of the audience first; null to write
 * to everybody at once
 * @param holdoutPercent share of the audience that gets no message, so that the effect
 * can be measured; 0 to 50
 * @param bestHourWithin each message goes at its person's best hour within this long;
 * null to write to everybody at once
 */
public record CampaignBrief(String name, String goal, String template, String segment, @Nullable String category,
		@Nullable Instant schedule, @Nullable ExperimentPlan test, double holdoutPercent,
		@Nullable Duration bestHourWithin) {

	/**
	 * A brief that writes to everybody at once.
	 * @param name for people
	 * @param goal what it is to bring about
	 * @param template key of the template
	 * @param segment canonical name of the segment
	 * @param category a category of the catalogue, or null
	 * @param schedule when to begin, or null
	 * @param test variants tried first, or null
	 * @param holdoutPercent share that gets no message
	 */
	public CampaignBrief(String name, String goal, String template, String segment, @Nullable String category,
			@Nullable Instant schedule, @Nullable ExperimentPlan test, double holdoutPercent) {
		this(name, goal, template, segment, category, schedule, test, holdoutPercent, null);
	}

}
