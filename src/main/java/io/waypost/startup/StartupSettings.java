package io.waypost.startup;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What clients get while the application starts.
 *
 * @param startupPage whether the port answers with 503 and the progress during the start.
 * Without it connections are refused until Waypost is ready: set it to false behind a
 * proxy without health checks, such as nginx, because it sends requests to a node that
 * answers
 */
@ConfigurationProperties("waypost")
record StartupSettings(@DefaultValue("true") boolean startupPage) {

	/** Read before the settings are bound. */
	static final String PAGE = "waypost.startup-page";

}
