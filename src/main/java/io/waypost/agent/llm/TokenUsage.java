package io.waypost.agent.llm;

/**
 * Tokens of a call by price class, as the provider counts them. The classes do not
 * overlap.
 *
 * @param input prompt tokens that were neither read from nor written to a cache
 * @param cacheRead prompt tokens read from the provider's cache
 * @param cacheWrite prompt tokens written to the provider's cache
 * @param output tokens of the answer
 */
public record TokenUsage(long input, long cacheRead, long cacheWrite, long output) {

}
