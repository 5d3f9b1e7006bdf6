package io.waypost.delivery.esp;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The configured providers in the order of failover.
 *
 * @param esp entries of {@code waypost.esp[n]}; without entries there is one sandbox
 */
@ConfigurationProperties("waypost")
record EspListSettings(@Nullable List<EspSettings> esp) {

	List<EspSettings> orSandbox() {
		return (this.esp == null || this.esp.isEmpty()) ? List.of(EspSettings.sandbox()) : this.esp;
	}

}
