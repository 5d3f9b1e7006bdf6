package io.waypost.content.brand;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import io.waypost.content.BrandKit;

/**
 * What a version of the brand kit allows that another one does not, and what it changes
 * in every message.
 */
final class BrandKitLoosening {

	private BrandKitLoosening() {
	}

	/**
	 * Compares two versions.
	 * @param live the version in use
	 * @param next the version that replaces it
	 * @return one phrase for each difference that needs a second person; empty if there
	 * is none
	 */
	static List<String> between(BrandKit live, BrandKit next) {
		List<String> looser = new ArrayList<>();
		Set<String> words = without(live.forbiddenWords(), next.forbiddenWords());
		if (!words.isEmpty()) {
			looser.add("words no longer forbidden: " + String.join(", ", words));
		}
		Set<String> hosts = without(hosts(next), hosts(live));
		if (!hosts.isEmpty()) {
			looser.add("new link hosts: " + String.join(", ", hosts));
		}
		changed(looser, "another sender name", live.senderName(), next.senderName());
		changed(looser, "another sender address", live.senderAddress(), next.senderAddress());
		changed(looser, "another postal address", live.postalAddress(), next.postalAddress());
		changed(looser, "another site", live.siteUrl(), next.siteUrl());
		changed(looser, "another logo", live.logoUrl(), next.logoUrl());
		if (!live.facts().equals(next.facts())) {
			looser.add("other facts about the shop, such as promises");
		}
		return List.copyOf(looser);
	}

	private static void changed(List<String> looser, String phrase, Object live, Object next) {
		if (!live.equals(next)) {
			looser.add(phrase);
		}
	}

	/** Messages may link to the site of the shop too. */
	private static Set<String> hosts(BrandKit kit) {
		Set<String> hosts = new TreeSet<>(kit.linkHosts());
		hosts.add(String.valueOf(URI.create(kit.siteUrl()).getHost()).toLowerCase(Locale.ROOT));
		return hosts;
	}

	private static Set<String> without(Collection<String> all, Collection<String> removed) {
		Set<String> left = new TreeSet<>(all);
		left.removeAll(removed);
		return left;
	}

}
