package io.waypost.ingestion;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of ingestion.
 *
 * @param maxEvent maximum size of one event
 * @param maxBatch maximum size of one request body, decompressed
 * @param requestsPerSecond request rate per write key; {@code waypost.rate-limit} has the
 * rates of tenants
 * @param burst requests that a write key may send at once
 * @param dedupWindow how long message ids are stored to detect duplicates
 */
@ConfigurationProperties("waypost.ingestion")
public record IngestionSettings(@DefaultValue("32KB") DataSize maxEvent, @DefaultValue("500KB") DataSize maxBatch,
		@DefaultValue("1000") int requestsPerSecond, @DefaultValue("2000") int burst,
		@DefaultValue("30d") Duration dedupWindow) {

}
