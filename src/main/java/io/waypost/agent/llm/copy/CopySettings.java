package io.waypost.agent.llm.copy;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of copy by language models.
 *
 * @param copies number of different copies in one answer
 * @param parallel maximum number of requests of a node at the same time
 * @param maxTokens maximum number of tokens of an answer
 * @param temperature 0 for the most likely words, 1 for the most variety
 * @param retryAfter time after which copy is requested again when there was none
 * @param keep time for which copy is used
 */
@ConfigurationProperties("waypost.llm.copy")
record CopySettings(@DefaultValue("4") int copies, @DefaultValue("8") int parallel, @DefaultValue("2400") int maxTokens,
		@DefaultValue("0.8") double temperature, @DefaultValue("1h") Duration retryAfter,
		@DefaultValue("60d") Duration keep) {

}
