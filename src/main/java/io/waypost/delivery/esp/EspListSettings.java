package io.waypost.delivery.esp;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The providers in the order of failover.
 *
 * @param esp what {@code waypost.esp[n]} lists; nothing means one sandbox
 */
@ConfigurationProperties("waypost")
record EspListSettings(@Nullable List<EspSettings> esp) {

	List<EspSettings> orSandbox() {
		return (this.esp == null || this.esp.isEmpty()) ? List.of(EspSettings.sandbox()) : this.esp;
	}

}
