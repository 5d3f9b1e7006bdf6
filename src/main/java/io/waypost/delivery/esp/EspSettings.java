package io.waypost.delivery.esp;

import java.time.Duration;
import java.util.regex.Pattern;

import io.waypost.kernel.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One provider as configured under {@code waypost.esp[n]}. Which properties are used
 * depends on the type; see docs/deliverability.md.
 *
 * @param name unique in the installation; also the last part of the path of its webhook
 * @param type {@code sandbox}, {@code smtp} or {@code sendgrid}
 * @param baseUrl URL of an HTTP API; if not set, the provider's default
 * @param apiKey secret of an HTTP API
 * @param host SMTP server
 * @param port SMTP port
 * @param username SMTP user; if not set, no authentication
 * @param password SMTP password
 * @param startTls whether SMTP requires an upgrade to TLS
 * @param webhookKey key that verifies webhooks: SendGrid's public key in base64; without
 * it webhooks are refused
 * @param ratePerSecond maximum messages per second; 0 for no limit
 * @param timeout timeout of one network operation
 * @param eventDelay sandbox only: delay between acceptance and the first delivery event
 * @param sandboxMode sandbox only: {@code messages} stores each message encrypted and
 * reports delivery events; {@code accept-log} stores only that it was accepted and
 * reports no events
 */
public record EspSettings(String name, String type, @Nullable String baseUrl, @Nullable String apiKey,
		@DefaultValue("localhost") String host, @DefaultValue("25") int port, @Nullable String username,
		@Nullable String password, @DefaultValue("false") boolean startTls, @Nullable String webhookKey,
		@DefaultValue("0") int ratePerSecond, @DefaultValue("10s") Duration timeout,
		@DefaultValue("1s") Duration eventDelay, @DefaultValue(EspSettings.MESSAGES) String sandboxMode) {

	/** The sandbox stores messages. */
	public static final String MESSAGES = "messages";

	/** The sandbox stores only that messages were accepted. */
	public static final String ACCEPT_LOG = "accept-log";

	private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

	public EspSettings {
		if (!NAME.matcher(name).matches()) {
			throw new IllegalArgumentException(
					"waypost.esp: name '%s' must be 1 to 40 lower-case letters, digits or hyphens".formatted(name));
		}
		if (!sandboxMode.equals(MESSAGES) && !sandboxMode.equals(ACCEPT_LOG)) {
			throw new IllegalArgumentException(
					"waypost.esp: sandbox-mode '%s' must be %s or %s".formatted(sandboxMode, MESSAGES, ACCEPT_LOG));
		}
	}

	/**
	 * Returns the default settings: a sandbox that stores every message.
	 * @return its settings
	 */
	public static EspSettings sandbox() {
		return new EspSettings("sandbox", "sandbox", null, null, "localhost", 25, null, null, false, null, 0,
				Duration.ofSeconds(10), Duration.ofSeconds(1), MESSAGES);
	}

	/**
	 * Requires a property that this type needs.
	 * @param value its value
	 * @param property its name as written in the configuration
	 * @return the value
	 * @throws InvalidSettingException when it is missing
	 */
	public String require(@Nullable String value, String property) {
		if (value == null || value.isBlank()) {
			throw new InvalidSettingException(
					"ESP '%s' of type %s needs waypost.esp[n].%s.".formatted(this.name, this.type, property),
					"Set waypost.esp[n].%s.".formatted(property));
		}
		return value;
	}

	@Override
	public String toString() {
		return "EspSettings[" + this.name + ", " + this.type + "]";
	}

}
