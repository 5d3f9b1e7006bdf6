package io.waypost.content;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.waypost.kernel.TenantId;

/** Keeps each tenant's product names for a minute. */
final class ProductNameCache {

	private static final Duration SHELF_LIFE = Duration.ofMinutes(1);

	private final Map<TenantId, Held> held = new ConcurrentHashMap<>();

	private final Clock clock;

	ProductNameCache(Clock clock) {
		this.clock = clock;
	}

	ProductNames get(TenantId tenant, Supplier<ProductNames> source) {
		Instant now = this.clock.instant();
		Held known = this.held.get(tenant);
		if (known == null || Duration.between(known.readAt(), now).abs().compareTo(SHELF_LIFE) >= 0) {
			known = new Held(source.get(), now);
			this.held.put(tenant, known);
		}
		return known.names();
	}

	void forget(TenantId tenant) {
		this.held.remove(tenant);
	}

	private record Held(ProductNames names, Instant readAt) {

	}

}
