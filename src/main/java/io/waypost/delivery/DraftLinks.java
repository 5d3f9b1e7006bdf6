package io.waypost.delivery;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.waypost.content.Draft;
import org.jspecify.annotations.Nullable;

/**
 * The links of a message, numbered. They are stored with the send when it is queued, so
 * that a click leads only to where the message itself pointed.
 */
final class DraftLinks {

	private DraftLinks() {
	}

	static List<String> of(@Nullable Draft draft) {
		if (draft == null) {
			return List.of();
		}
		Set<String> links = new LinkedHashSet<>();
		links.add(draft.callToAction().url());
		draft.items().forEach((item) -> links.add(item.url()));
		links.removeIf((link) -> !isWeb(link));
		return new ArrayList<>(links);
	}

	private static boolean isWeb(String link) {
		return link.matches("https?://[^\\s]{1,2000}");
	}

}
