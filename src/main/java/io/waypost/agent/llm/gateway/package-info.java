/**
 * The gateway to the configured providers: order of fallback, budget, deadlines, retries,
 * circuit breakers and metrics.
 */
@NullMarked
package io.waypost.agent.llm.gateway;

import org.jspecify.annotations.NullMarked;
