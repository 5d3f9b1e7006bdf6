package io.waypost.agent.llm.copy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.waypost.agent.ContentBrief;
import io.waypost.agent.ContentVariant;
import io.waypost.agent.ExplanationSections;
import io.waypost.agent.Message;
import io.waypost.agent.MessageTarget;
import io.waypost.agent.archetype.Archetype;
import io.waypost.agent.plan.ArchetypeMessages;
import io.waypost.agent.plan.PlanSection;
import io.waypost.delivery.Send;
import io.waypost.kernel.CampaignId;
import org.jspecify.annotations.Nullable;

/**
 * What copy is for: the plan of a message without its recipient. Stored until a worker
 * has written the copy.
 *
 * @param goal goal of the message
 * @param template key of the template
 * @param topic subscription topic
 * @param category category of the brief, null for none
 * @param offer offer of the brief, null for none
 * @param archetype key of the archetype
 * @param locale BCP 47 tag
 * @param people number of recipients of the campaign, 0 for a journey
 * @param campaign the campaign that pays, null for a journey
 * @param plan section {@code plan} of the explanation
 */
record CopyTask(String goal, String template, String topic, @Nullable String category, @Nullable String offer,
		String archetype, String locale, int people, @Nullable UUID campaign, Map<String, Object> plan) {

	/** A journey has no campaign. */
	private static final CampaignId NO_CAMPAIGN = new CampaignId(new UUID(0, 0));

	private static final String ORDERS = "orderCount";

	CopyTask {
		plan = Map.copyOf(plan);
	}

	static CopyTask of(Message planned) {
		PlanSection section = PlanSection.of(planned);
		if (section == null) {
			throw new IllegalStateException("Message %s has no plan yet".formatted(planned.target().id()));
		}
		Map<String, Object> plan = ExplanationSections.read(section.addTo(planned), PlanSection.NAME);
		return switch (planned.target()) {
			case MessageTarget.ForArchetype(var id, ContentBrief brief, Archetype archetype, var variant) ->
				new CopyTask(brief.goal(), brief.template(), brief.topic(), brief.category(), brief.offer(),
						archetype.key(), archetype.locale(), archetype.people(), brief.campaign().value(), plan);
			case MessageTarget.ForRecipient(Send send) ->
				new CopyTask(section.plan().goal(), send.template(), send.topic(), null, null,
						section.plan().archetype(), section.plan().locale(), 0, null, anonymous(plan, section));
		};
	}

	/** The exact number of orders could tell who the recipient is. */
	private static Map<String, Object> anonymous(Map<String, Object> plan, PlanSection section) {
		Map<String, Object> anonymous = new LinkedHashMap<>(plan);
		anonymous.put(ORDERS, Math.min(section.orderCount(), 2));
		anonymous.remove("featuresReadAt");
		anonymous.remove("recommendations");
		return anonymous;
	}

	/**
	 * Names the number of recipients of the whole campaign, on which its budget depends.
	 */
	CopyTask forPeople(int recipients) {
		return new CopyTask(this.goal, this.template, this.topic, this.category, this.offer, this.archetype,
				this.locale, recipients, this.campaign, this.plan);
	}

	/** Whether the copy is for the recipients of a campaign, who share the facts. */
	boolean shared() {
		return this.campaign != null;
	}

	/** Returns a message that copy can be written for and inspected with. */
	Message message() {
		ContentBrief brief = new ContentBrief((this.campaign != null) ? new CampaignId(this.campaign) : NO_CAMPAIGN,
				this.goal, this.template, this.topic, this.category, this.offer, List.of(ContentVariant.named("A")),
				null);
		Message message = ArchetypeMessages
			.create(brief, new Archetype(this.archetype, this.locale, this.people, List.of()),
					brief.variants().getFirst())
			.explained(PlanSection.NAME, this.plan);
		PlanSection section = PlanSection.of(message);
		if (section == null) {
			throw new IllegalStateException("The plan of the copy for '%s' is unreadable".formatted(this.goal));
		}
		return message.planned(section.plan());
	}

}
