/**
 * Variables of a process at its start: which it needs, whether their values fit, and the
 * waits that the model states.
 */
@NullMarked
package io.waypost.journey.engine.start;

import org.jspecify.annotations.NullMarked;
