package io.waypost.delivery.esp;

import java.time.Duration;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One provider as configured under {@code waypost.esp[n]}. Which of the properties count
 * depends on the type; docs/deliverability.md lists them.
 *
 * @param name unique in the installation; also the last part of its webhook's path
 * @param type {@code sandbox}, {@code smtp} or {@code sendgrid}
 * @param baseUrl where a provider with an HTTP interface answers, null for its own
 * default
 * @param apiKey secret of an HTTP interface
 * @param host SMTP server
 * @param port SMTP port
 * @param username SMTP user, null for none
 * @param password SMTP password
 * @param startTls whether SMTP must upgrade to TLS before anything is said
 * @param webhookKey what verifies its webhooks: SendGrid's public key in base64; null
 * refuses them
 * @param ratePerSecond how many messages a second at the most; 0 for no limit
 * @param timeout how long one network operation may take
 * @param eventDelay sandbox only: how long after acceptance it reports
 * @param keep sandbox only: {@code messages} keeps each message sealed and reports its
 * fate; {@code accept-log} keeps that it was accepted, and nothing follows
 */
public record EspSettings(String name, String type, @Nullable String baseUrl, @Nullable String apiKey,
		@DefaultValue("localhost") String host, @DefaultValue("25") int port, @Nullable String username,
		@Nullable String password, @DefaultValue("false") boolean startTls, @Nullable String webhookKey,
		@DefaultValue("0") int ratePerSecond, @DefaultValue("10s") Duration timeout,
		@DefaultValue("1s") Duration eventDelay, @DefaultValue(EspSettings.MESSAGES) String keep) {

	/** The sandbox keeps messages. */
	public static final String MESSAGES = "messages";

	/** The sandbox keeps only that it accepted them. */
	public static final String ACCEPT_LOG = "accept-log";

	private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

	public EspSettings {
		if (!NAME.matcher(name).matches()) {
			throw new IllegalArgumentException(
					"waypost.esp: name '%s' must be 1 to 40 lower-case letters, digits or hyphens".formatted(name));
		}
		if (!keep.equals(MESSAGES) && !keep.equals(ACCEPT_LOG)) {
			throw new IllegalArgumentException(
					"waypost.esp: keep '%s' must be %s or %s".formatted(keep, MESSAGES, ACCEPT_LOG));
		}
	}

	/**
	 * The default: a sandbox that keeps every message at home.
	 * @return its settings
	 */
	public static EspSettings sandbox() {
		return new EspSettings("sandbox", "sandbox", null, null, "localhost", 25, null, null, false, null, 0,
				Duration.ofSeconds(10), Duration.ofSeconds(1), MESSAGES);
	}

	/**
	 * A property this type cannot do without.
	 * @param value its value
	 * @param property its name as written in the configuration
	 * @return the value
	 * @throws IllegalStateException when it is missing
	 */
	public String require(@Nullable String value, String property) {
		if (value == null || value.isBlank()) {
			throw new IllegalStateException(
					"ESP '%s' of type %s needs waypost.esp[n].%s".formatted(this.name, this.type, property));
		}
		return value;
	}

	@Override
	public String toString() {
		return "EspSettings[" + this.name + ", " + this.type + "]";
	}

}
