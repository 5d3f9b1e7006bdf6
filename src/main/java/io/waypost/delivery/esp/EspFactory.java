package io.waypost.delivery.esp;

import java.util.Optional;

/**
 * A kind of provider: makes the two halves of the seam from its settings. One bean for
 * each type, in the type's own package.
 */
public interface EspFactory {

	/**
	 * The value of {@code waypost.esp[n].type}.
	 * @return for example {@code smtp}
	 */
	String type();

	/**
	 * Makes the way out.
	 * @param settings one entry of the configuration
	 * @return the provider
	 * @throws IllegalStateException when a property it needs is missing
	 */
	Esp createEsp(EspSettings settings);

	/**
	 * Makes the way back.
	 * @param settings one entry of the configuration
	 * @return reads its webhooks, or empty when it has none or no key to verify them with
	 */
	Optional<EspWebhookParser> createWebhookParser(EspSettings settings);

}
