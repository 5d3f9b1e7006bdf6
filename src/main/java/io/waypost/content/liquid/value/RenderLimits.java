package io.waypost.content.liquid.value;

import java.time.Duration;

/**
 * Limits of one render.
 *
 * @param outputLength maximum characters of the rendered text
 * @param memory maximum characters of all intermediate values together; a list element
 * counts as four characters
 * @param iterations maximum iterations of all loops together
 * @param steps maximum number of steps. A step is a node, an expression, a filter, a list
 * element or 64 characters that a filter reads
 * @param time maximum elapsed time
 */
public record RenderLimits(int outputLength, long memory, int iterations, long steps, Duration time) {

}
