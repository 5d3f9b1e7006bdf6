package io.waypost.content;

import java.util.Optional;

import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Templates, versioned. */
@Component
public class Templates {

	/**
	 * Finds the live version of a template in the best matching language.
	 * @param tenant whose
	 * @param key its name
	 * @param locale BCP 47 tag the recipient prefers
	 * @return the template, in the default language when there is none in the recipient's
	 */
	public Optional<Template> find(TenantId tenant, String key, String locale) {
		throw new UnsupportedOperationException();
	}

}
