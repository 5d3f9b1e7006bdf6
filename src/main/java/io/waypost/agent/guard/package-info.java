/**
 * Deterministic checks of words: personal data, facts, links, slots, dates, claims and
 * legal parts.
 */
@NullMarked
package io.waypost.agent.guard;

import org.jspecify.annotations.NullMarked;
