package io.waypost.console.campaigns;

import java.util.List;
import java.util.Map;

import io.waypost.console.LabelledValue;
import io.waypost.console.StatusView;
import io.waypost.console.experiments.ExperimentResultsView;
import io.waypost.console.journeys.JourneyListItem;
import io.waypost.console.journeys.ProcessDiagram;
import io.waypost.console.messages.SendExplanationView;
import io.waypost.console.messages.SendStatusRow;
import io.waypost.console.templates.TemplateView;
import org.jspecify.annotations.Nullable;

/**
 * One campaign.
 *
 * @param id its id
 * @param name internal name
 * @param summary template, segment and creator
 * @param settings the campaign's settings
 * @param mayEdit whether the user may run campaigns
 * @param draft whether it is not launched yet
 * @param reach estimated reach, null after launch
 * @param live parts that change
 * @param results measured results, null before launch
 * @param content content by archetype and variant
 * @param shown id of the previewed content, null for none
 * @param diagrams BPMN diagrams of the campaign and its chunks
 */
record CampaignView(String id, String name, String summary, List<LabelledValue> settings, boolean mayEdit,
		boolean draft, @Nullable ReachView reach, LiveView live, @Nullable ExperimentResultsView results,
		ContentList content, @Nullable String shown, List<ProcessDiagram> diagrams) {

	/**
	 * Parts that change while the campaign runs.
	 *
	 * @param id the campaign's id
	 * @param status its status
	 * @param reason why, null when the status has no reason
	 * @param task address of the open task, null without one
	 * @param actions what the user can do
	 * @param seconds refresh interval, 0 for never
	 * @param size recipients
	 * @param completed recipients whose status is final
	 * @param bar recipients by status
	 * @param barDescription text alternative of the bar
	 * @param funnel recipients by status with reasons
	 * @param chunks progress of the chunks
	 * @param elements current BPMN elements
	 * @param marks marks of the diagrams
	 */
	record LiveView(String id, StatusView status, @Nullable String reason, @Nullable String task,
			List<CampaignAction> actions, int seconds, long size, long completed, List<BarPart> bar,
			String barDescription, List<SendStatusRow> funnel, CampaignChunkCounts chunks,
			List<JourneyListItem.ElementCount> elements, List<ProcessDiagram> marks) {

		/** Whether content can still be generated or reviewed. */
		public boolean isContentChanging() {
			return List.of("awaiting_approval", "preparing", "in_review").contains(this.status.code());
		}

		public int percent() {
			return (this.size == 0) ? 0 : (int) (100 * this.completed / this.size);
		}

	}

	/** An action; {@code confirms} is true when a page asks for confirmation. */
	record CampaignAction(String key, String label, String style, boolean confirms) {

	}

	/** A part of a bar of width 100. */
	record BarPart(String name, String tone, long people, double x, double width) {

	}

	/** Number of chunks. */
	record CampaignChunkCounts(int total, int done, int failed) {

	}

	/**
	 * Estimated reach.
	 *
	 * @param size profiles in the segment
	 * @param reachable profiles that would get the message
	 * @param holdout profiles in the control group
	 * @param withheld profiles that would not get it, by reason
	 * @param later reachable profiles that wait for a later send window, by reason
	 * @param sampled size of the sample, null when all profiles were checked
	 * @param problem why there is no estimate, null when there is one
	 */
	record ReachView(long size, long reachable, long holdout, List<SendStatusRow.ReasonCount> withheld,
			List<SendStatusRow.ReasonCount> later, @Nullable Integer sampled, @Nullable String problem) {

	}

	/**
	 * Content by archetype.
	 *
	 * @param variants names of the variants
	 * @param groups archetypes, largest first
	 * @param more number of archetypes that are not listed
	 */
	record ContentList(List<String> variants, List<ArchetypeItem> groups, int more) {

	}

	/** An archetype with its content by variant. */
	record ArchetypeItem(String name, int people, List<ContentItem> texts) {

	}

	/**
	 * Content of one archetype in one variant.
	 *
	 * @param id content id
	 * @param variant variant
	 * @param subject subject line without merge tags
	 * @param opening first paragraph after the greeting
	 * @param status whether it may be sent
	 * @param decided who decided
	 * @param task address of the open review, null without one
	 */
	record ContentItem(String id, String variant, String subject, String opening, StatusView status, String decided,
			@Nullable String task) {

	}

	/**
	 * Details of one content.
	 *
	 * @param id content id
	 * @param campaign campaign id
	 * @param campaignName the campaign's name
	 * @param subject subject line for the sample name
	 * @param facts archetype, variant and decision
	 * @param findings the guardrail's findings
	 * @param scores the evaluator's scores
	 * @param text plain-text part
	 */
	record ContentDetail(String id, String campaign, String campaignName, String subject, List<LabelledValue> facts,
			List<TemplateView.FindingView> findings, List<SendExplanationView.ScoreBar> scores, String text) {

	}

	/**
	 * Options of the campaign form.
	 *
	 * @param templates template keys with labels
	 * @param segments segment names with labels
	 * @param offers keys of approved offers with labels
	 */
	record FormChoices(Map<String, String> templates, Map<String, String> segments, Map<String, String> offers) {

	}

}
