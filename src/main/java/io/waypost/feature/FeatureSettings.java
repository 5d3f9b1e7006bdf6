package io.waypost.feature;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of features.
 *
 * @param sweepInterval time between two runs of the lifecycle sweep
 * @param sweepBatch number of profiles per transaction of the sweep
 */
@ConfigurationProperties("waypost.feature")
public record FeatureSettings(@DefaultValue("1m") Duration sweepInterval, @DefaultValue("500") int sweepBatch) {

}
