/**
 * Deterministic checks of drafts: personal data, facts, links, placeholders, dates,
 * claims and legal elements.
 */
@NullMarked
package io.waypost.agent.guard;

import org.jspecify.annotations.NullMarked;
