package io.waypost.delivery.esp;

import java.util.Optional;

/**
 * Creates the providers of one type from their settings. Each type has one bean in its
 * own package.
 */
public interface EspFactory {

	/**
	 * Returns the value of {@code waypost.esp[n].type}.
	 * @return for example {@code smtp}
	 */
	String type();

	/**
	 * Creates the provider.
	 * @param settings one entry of the configuration
	 * @return the provider
	 * @throws io.waypost.kernel.InvalidSettingException when a required property is
	 * missing
	 */
	Esp createEsp(EspSettings settings);

	/**
	 * Creates the parser of the provider's webhooks.
	 * @param settings one entry of the configuration
	 * @return the parser, or empty when the provider has no webhooks or no key to verify
	 * them is configured
	 */
	Optional<EspWebhookParser> createWebhookParser(EspSettings settings);

}
