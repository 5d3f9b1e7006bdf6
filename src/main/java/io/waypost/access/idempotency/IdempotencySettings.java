package io.waypost.access.idempotency;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much is stored of requests with an Idempotency-Key. Stored responses are deleted
 * after 24 hours.
 *
 * @param callerKeys keys of one API token or user
 * @param callerSize stored responses of one API token or user together
 * @param tenantKeys keys of a tenant
 * @param tenantSize stored responses of a tenant together
 */
@ConfigurationProperties("waypost.idempotency")
record IdempotencySettings(@DefaultValue("50000") int callerKeys, @DefaultValue("32MB") DataSize callerSize,
		@DefaultValue("200000") int tenantKeys, @DefaultValue("128MB") DataSize tenantSize) {

	IdempotencySettings {
		if (callerKeys < 1 || tenantKeys < 1 || callerSize.toBytes() < 1 || tenantSize.toBytes() < 1) {
			throw new IllegalArgumentException("The keys and sizes of waypost.idempotency must be at least 1");
		}
	}

}
