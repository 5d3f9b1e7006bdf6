package io.waypost.content;

import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Brand kits, versioned. */
@Component
public class BrandKits {

	/**
	 * The approved brand kit in force.
	 * @param tenant whose
	 * @return the kit
	 * @throws IllegalStateException when the tenant has none
	 */
	public BrandKit require(TenantId tenant) {
		throw new UnsupportedOperationException();
	}

}
