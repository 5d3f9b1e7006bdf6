/**
 * Classifies sentences of marketing copy: promise, urgency, claim about health or income,
 * superlative, or none of them, in English, German and French. A linear model on hashed
 * features; ADR 0192 describes it.
 */
@NullMarked
package io.waypost.agent.claim;

import org.jspecify.annotations.NullMarked;
