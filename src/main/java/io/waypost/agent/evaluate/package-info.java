/**
 * Offline scores of drafts: quality and relevance, each with its parts.
 */
@NullMarked
package io.waypost.agent.evaluate;

import org.jspecify.annotations.NullMarked;
