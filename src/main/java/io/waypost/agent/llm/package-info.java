/**
 * Language models: {@link io.waypost.agent.llm.ModelGateway} sends prompts to the
 * configured providers within the budget, and no personal data leaves with them.
 * {@code provider} has the adapters, {@code budget} what may be spent.
 */
@NullMarked
package io.waypost.agent.llm;

import org.jspecify.annotations.NullMarked;
