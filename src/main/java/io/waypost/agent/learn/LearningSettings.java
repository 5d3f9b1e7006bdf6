package io.waypost.agent.learn;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of learning from clicks.
 *
 * @param halfLife time after which a message counts half
 * @param delay age at which a message is counted: by then it was sent, and most
 * recipients who click have done so
 * @param priorMessages number of messages that the prior is worth; a fragment with fewer
 * is judged mostly by the click rate of its goal
 */
@ConfigurationProperties("waypost.agent.learning")
record LearningSettings(@DefaultValue("60d") Duration halfLife, @DefaultValue("4d") Duration delay,
		@DefaultValue("50") int priorMessages) {

}
