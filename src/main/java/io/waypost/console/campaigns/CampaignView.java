package io.waypost.console.campaigns;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.waypost.console.LabelledValue;
import io.waypost.console.StatusView;
import io.waypost.console.journeys.JourneyListItem;
import io.waypost.console.journeys.ProcessDiagram;
import io.waypost.console.messages.SendExplanationView;
import io.waypost.console.overview.OverviewView;
import io.waypost.console.reports.ExperimentResultsView;
import io.waypost.console.templates.TemplateView;
import org.jspecify.annotations.Nullable;

/**
 * One campaign.
 *
 * @param id its id
 * @param name for people
 * @param summary segment, template, when
 * @param brief what was asked for
 * @param mayEdit whether the reader may do anything about it
 * @param draft whether it was not launched yet
 * @param reach whom it would reach, null once it has begun
 * @param live what moves
 * @param results what was measured, null before the launch
 * @param words what it says, by archetype and variant
 * @param shown id of the words that are previewed, null for none
 * @param pictures its course and that of its chunks
 */
record CampaignView(String id, String name, String summary, List<LabelledValue> brief, boolean mayEdit, boolean draft,
		@Nullable ReachView reach, LiveView live, @Nullable ExperimentResultsView results, ContentList words,
		@Nullable String shown, List<ProcessDiagram> pictures) {

	/**
	 * What moves while one looks.
	 *
	 * @param id of the campaign
	 * @param status where it stands
	 * @param reason why, in words; null when the status says it all
	 * @param task where a person can decide, null when nobody has to
	 * @param actions what the reader may do now
	 * @param seconds until it should be read again, 0 for never
	 * @param size people in the audience
	 * @param settled how many of them nothing more happens to
	 * @param bar the same as a picture
	 * @param funnel people by state
	 * @param chunks pieces of work
	 * @param places where it stands in its process
	 * @param marks what to mark on its pictures
	 */
	record LiveView(String id, StatusView status, @Nullable String reason, @Nullable String task,
			List<CampaignAction> actions, int seconds, long size, long settled, List<BarPart> bar,
			List<OverviewView.SendStatusRow> funnel, BatchCounts chunks, List<JourneyListItem.ElementCount> places,
			List<ProcessDiagram> marks) {

		/** Whether words may still come and be decided about. */
		public boolean isWordsMove() {
			return List.of("awaiting_approval", "preparing", "in_review").contains(this.status.code());
		}

		public int percent() {
			return (this.size == 0) ? 0 : (int) (100 * this.settled / this.size);
		}

		/** The bar for who cannot see it. */
		public String barWords() {
			return "%,d of %,d people are done: %s".formatted(this.settled, this.size,
					String.join(", ",
							this.bar.stream()
								.map((part) -> "%,d %s".formatted(part.people(), part.name().toLowerCase(Locale.ROOT)))
								.toList()));
		}

	}

	/** One thing to do; {@code asks} leads to a page that asks first. */
	record CampaignAction(String key, String label, String style, boolean asks) {

	}

	/** A part of the bar, on a field 100 wide. */
	record BarPart(String name, String tone, long people, double x, double width) {

	}

	/** Pieces of work. */
	record BatchCounts(int total, int done, int stuck) {

	}

	/**
	 * Whom it would reach.
	 *
	 * @param size people in the segment
	 * @param reachable who may be written to
	 * @param heldOut who gets nothing, so that the effect can be measured
	 * @param withheld who is held back why
	 * @param later who of the reachable waits for a later window, and why
	 * @param sampled of how many people this is estimated, null when all were asked
	 * @param problem why nothing can be said, null when it can
	 */
	record ReachView(long size, long reachable, long heldOut, List<OverviewView.ReasonCount> withheld,
			List<OverviewView.ReasonCount> later, @Nullable Integer sampled, @Nullable String problem) {

	}

	/**
	 * What it says.
	 *
	 * @param variants names of the variants
	 * @param groups archetypes, those of most people first
	 * @param more how many archetypes are not listed
	 */
	record ContentList(List<String> variants, List<ArchetypeItem> groups, int more) {

	}

	/** One archetype and its words, by variant. */
	record ArchetypeItem(String name, int people, List<ContentItem> texts) {

	}

	/**
	 * Words for one archetype in one variant.
	 *
	 * @param id of the words
	 * @param variant which variant
	 * @param subject without the place of the name
	 * @param opening the first sentence that says more than hello
	 * @param status whether they may be sent
	 * @param decided by whom, in words
	 * @param task where a person can decide, null when nobody has to
	 */
	record ContentItem(String id, String variant, String subject, String opening, StatusView status, String decided,
			@Nullable String task) {

	}

	/**
	 * The words by themselves.
	 *
	 * @param id of the words
	 * @param campaign id of the campaign
	 * @param campaignName its name
	 * @param subject as Alex would get it
	 * @param facts archetype, variant, who decided
	 * @param findings what the guardrail found
	 * @param scores bars
	 * @param text plain-text part
	 */
	record ContentDetail(String id, String campaign, String campaignName, String subject, List<LabelledValue> facts,
			List<TemplateView.FindingView> findings, List<SendExplanationView.ScoreBar> scores, String text) {

	}

	/**
	 * What a form can choose from.
	 *
	 * @param templates keys with what is live of them
	 * @param segments names with what they mean
	 */
	record FormChoices(Map<String, String> templates, Map<String, String> segments) {

	}

}
