package io.waypost.feature.state;

import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Classifies the device of a visit by its event context. */
final class DeviceClassifier {

	private static final int MAX_USER_AGENT = 512;

	private static final String MOBILE = "mobile";

	private static final String TABLET = "tablet";

	private static final String DESKTOP = "desktop";

	private DeviceClassifier() {
	}

	/**
	 * Returns the device class of a visit.
	 * @return {@code desktop}, {@code mobile}, {@code tablet}, or null for servers and
	 * unknown clients
	 */
	static @Nullable String of(JsonNode context) {
		String type = EventProperties.text(context.path("device"), 20, "type");
		String agent = EventProperties.text(context, MAX_USER_AGENT, "userAgent", "user_agent");
		if (type != null) {
			return ofType(type.toLowerCase(Locale.ROOT), agent != null ? agent : "");
		}
		return agent != null ? ofAgent(agent) : null;
	}

	private static @Nullable String ofType(String type, String agent) {
		return switch (type) {
			case "ios" -> agent.contains("iPad") ? TABLET : MOBILE;
			case "android", MOBILE -> MOBILE;
			case TABLET, DESKTOP -> type;
			default -> ofAgent(agent);
		};
	}

	private static @Nullable String ofAgent(String agent) {
		if (!agent.startsWith("Mozilla/")) {
			return null;
		}
		boolean mobile = agent.contains("Mobi");
		boolean android = agent.contains("Android");
		if (agent.contains("iPad") || agent.contains("Tablet") || (android && !mobile)) {
			return TABLET;
		}
		return mobile || android || agent.contains("iPhone") ? MOBILE : DESKTOP;
	}

}
