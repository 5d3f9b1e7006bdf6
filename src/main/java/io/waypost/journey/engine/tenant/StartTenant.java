package io.waypost.journey.engine.tenant;

import java.util.Optional;
import java.util.function.Supplier;

import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** The tenant of the process instances that Waypost starts on this thread. */
@Component
class StartTenant {

	private final ThreadLocal<@Nullable TenantId> current = new ThreadLocal<>();

	Optional<TenantId> current() {
		return Optional.ofNullable(this.current.get());
	}

	/** Runs a start for a tenant. */
	<T> T during(TenantId tenant, Supplier<T> start) {
		TenantId before = this.current.get();
		this.current.set(tenant);
		try {
			return start.get();
		}
		finally {
			if (before != null) {
				this.current.set(before);
			}
			else {
				this.current.remove();
			}
		}
	}

}
