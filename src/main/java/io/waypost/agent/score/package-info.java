/** Offline scores of words: quality and relevance, each with its reasons. */
@NullMarked
package io.waypost.agent.score;

import org.jspecify.annotations.NullMarked;
