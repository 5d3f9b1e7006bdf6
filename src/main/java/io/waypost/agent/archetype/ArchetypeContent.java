package io.waypost.agent.archetype;

import java.util.Map;
import java.util.UUID;

import io.waypost.agent.Route;
import io.waypost.content.EmailDraft;
import org.jspecify.annotations.Nullable;

/**
 * Inspected content of a campaign for one archetype and variant.
 *
 * @param content id; other texts or another review decision give another id
 * @param archetype key of the archetype
 * @param variant name of the variant
 * @param draft the draft with placeholders
 * @param explanation sections of the explanation that all sends with this content share,
 * by their names in the API
 * @param route CONTINUE to send it, REVIEW to have it reviewed, STOP never to send it
 * @param reason short code; null in the normal case
 */
public record ArchetypeContent(UUID content, String archetype, String variant, EmailDraft draft,
		Map<String, Object> explanation, Route route, @Nullable String reason) {

	public ArchetypeContent {
		explanation = Map.copyOf(explanation);
	}

}
