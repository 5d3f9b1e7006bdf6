/**
 * Learns from clicks which text fragments work: counts outcomes every night and keeps a
 * posterior distribution of the click rate of each fragment.
 */
@NullMarked
package io.waypost.agent.learn;

import org.jspecify.annotations.NullMarked;
