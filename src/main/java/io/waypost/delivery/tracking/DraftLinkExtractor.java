package io.waypost.delivery.tracking;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.waypost.content.EmailDraft;
import org.jspecify.annotations.Nullable;

/**
 * Extracts the numbered links of a draft. They are stored with the send when it is
 * queued, so that a click is redirected only to a link of the message.
 */
public final class DraftLinkExtractor {

	private DraftLinkExtractor() {
	}

	public static List<String> extract(@Nullable EmailDraft draft) {
		if (draft == null) {
			return List.of();
		}
		Set<String> links = new LinkedHashSet<>();
		links.add(draft.callToAction().url());
		draft.items().forEach((item) -> links.add(item.url()));
		draft.links().forEach((link) -> links.add(link.url()));
		links.removeIf((link) -> !isWeb(link));
		return new ArrayList<>(links);
	}

	private static boolean isWeb(String link) {
		return link.matches("https?://[^\\s]{1,2000}");
	}

}
