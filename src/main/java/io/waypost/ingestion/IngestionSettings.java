package io.waypost.ingestion;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the room.
 *
 * @param maxEvent size of one event
 * @param maxBatch size of one body, after gunzip
 * @param requestsPerSecond how many requests a write key may send in the long run
 * @param burst how many at once
 * @param dedupWindow how long message ids are remembered
 */
@ConfigurationProperties("waypost.ingestion")
public record IngestionSettings(@DefaultValue("32KB") DataSize maxEvent, @DefaultValue("500KB") DataSize maxBatch,
		@DefaultValue("1000") int requestsPerSecond, @DefaultValue("2000") int burst,
		@DefaultValue("30d") Duration dedupWindow) {

}
