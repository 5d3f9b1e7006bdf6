package io.waypost.journey.run;

import org.jspecify.annotations.Nullable;

/**
 * A run that is started in the engine.
 *
 * @param run which
 * @param instance the engine's id of it
 * @param outcome name of the end event that it has reached; null when it waits
 */
record StartedRun(PendingRun run, String instance, @Nullable String outcome) {

}
