package io.waypost.feature;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the room.
 *
 * @param sweepInterval pause between two looks for people whose stage changed
 * @param sweepBatch how many of them one transaction moves on
 */
@ConfigurationProperties("waypost.feature")
public record FeatureSettings(@DefaultValue("PT1M") Duration sweepInterval, @DefaultValue("500") int sweepBatch) {

}
