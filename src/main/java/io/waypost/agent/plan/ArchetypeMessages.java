package io.waypost.agent.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

import io.waypost.agent.AgentFailedException;
import io.waypost.agent.ContentBrief;
import io.waypost.agent.ContentVariant;
import io.waypost.agent.ExplanationSections;
import io.waypost.agent.Message;
import io.waypost.agent.MessageTarget;
import io.waypost.agent.Route;
import io.waypost.agent.archetype.Archetype;
import io.waypost.agent.archetype.ArchetypeContent;
import io.waypost.content.EmailDraft;
import io.waypost.kernel.Fingerprint;

/** Converts between archetypes, messages of the agent chain and their content. */
public final class ArchetypeMessages {

	/**
	 * Number of merged keys that an explanation lists. A longer list would not help.
	 */
	private static final int MERGED_SHOWN = 20;

	private static final String SECTION = "archetype";

	private ArchetypeMessages() {
	}

	public static Message create(ContentBrief brief, Archetype archetype, ContentVariant variant) {
		UUID id = Fingerprint.of(brief.campaign(), archetype.key(), variant.name()).uuid();
		return new Message(new MessageTarget.ForArchetype(id, brief, archetype, variant), Map.of(), Map.of(),
				Route.CONTINUE, null, 0, null, null, null, null, Map.of())
			.explained(SECTION, explained(archetype));
	}

	/** Creates the message of existing content, to apply a review. */
	public static Message resume(ContentBrief brief, ArchetypeContent content) {
		ContentVariant variant = brief.variants()
			.stream()
			.filter((candidate) -> candidate.name().equals(content.variant()))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"Campaign %s has no variant '%s'".formatted(brief.campaign(), content.variant())));
		Message message = create(brief, archetype(content), variant);
		Message resumed = new Message(message.target(), Map.of(), Map.of(), content.route(), content.reason(),
				attempt(content), null, null, content.variant(), content.draft(), content.explanation());
		ContentPlan plan = PlanSection.plan(ExplanationSections.read(resumed, PlanSection.NAME));
		return resumed.planned(Objects.requireNonNull(plan, "campaign content has a plan"));
	}

	/** Creates the content of a message. Its id is derived from everything in it. */
	public static ArchetypeContent content(Message message, String cacheKey) {
		if (!(message.target() instanceof MessageTarget.ForArchetype shared)) {
			throw new IllegalStateException("Message %s is for one recipient".formatted(message.target().id()));
		}
		EmailDraft draft = message.draft();
		if (draft == null) {
			throw new AgentFailedException("planner", (message.reason() != null) ? message.reason() : "unplanned",
					"There is no content for archetype '%s' of campaign %s".formatted(shared.archetype().key(),
							shared.brief().campaign()));
		}
		Map<String, Object> explanation = new TreeMap<>(
				ExplanationSections.with(message, "variant", "cacheKey", cacheKey).explanation());
		UUID id = Fingerprint
			.of(shared.brief().campaign(), shared.variant().name(), cacheKey, draft, message.route(), message.reason(),
					decision(message))
			.uuid();
		return new ArchetypeContent(id, shared.archetype().key(), shared.variant().name(), draft, explanation,
				message.route(), message.reason());
	}

	/** Reviewed content has another id than the same content without a review. */
	private static String decision(Message message) {
		Map<String, Object> review = ExplanationSections.read(message, "review");
		return review.get("decision") + "/" + review.get("reviewer") + '/' + review.get("decidedAt");
	}

	private static Map<String, Object> explained(Archetype archetype) {
		Map<String, Object> section = new LinkedHashMap<>();
		section.put("key", archetype.key());
		section.put("definition", Archetype.DEFINITION);
		section.put("locale", archetype.locale());
		section.put("people", archetype.people());
		section.put("merged", archetype.merged().stream().limit(MERGED_SHOWN).toList());
		section.put("mergedKeys", archetype.merged().size());
		return section;
	}

	private static Archetype archetype(ArchetypeContent content) {
		if (!(content.explanation().get(SECTION) instanceof Map<?, ?> section)
				|| !(section.get("locale") instanceof String locale)
				|| !(section.get("people") instanceof Number people)
				|| !(section.get("merged") instanceof List<?> merged)) {
			throw new IllegalArgumentException(
					"Content %s was not written for a campaign".formatted(content.content()));
		}
		return new Archetype(content.archetype(), locale, people.intValue(),
				merged.stream().map(String::valueOf).toList());
	}

	private static int attempt(ArchetypeContent content) {
		return (content.explanation().get("variant") instanceof Map<?, ?> variant
				&& variant.get("attempt") instanceof Number attempt) ? attempt.intValue() : 1;
	}

}
