package io.waypost.console.settings;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;

/**
 * The tabs of the settings pages that a user may open.
 *
 * @param current key of the open tab
 * @param tabs in the order of the page
 */
record SettingsTabs(String current, List<Tab> tabs) {

	static SettingsTabs of(String current, Caller caller) {
		return new SettingsTabs(current, Stream.of(Optional.of(new Tab("account", "/settings")),
				tab("users", AccessRight.MANAGE_USERS, caller), tab("tokens", AccessRight.MANAGE_TOKENS, caller),
				tab("sources", AccessRight.MANAGE_SOURCES, caller), tab("tenants", AccessRight.MANAGE_TENANTS, caller))
			.flatMap(Optional::stream)
			.toList());
	}

	private static Optional<Tab> tab(String key, AccessRight right, Caller caller) {
		return right.isGrantedTo(caller) ? Optional.of(new Tab(key, "/settings/" + key)) : Optional.empty();
	}

	/** A tab; {@code settings.<key>} in the message bundle is its label. */
	record Tab(String key, String href) {

	}

}
