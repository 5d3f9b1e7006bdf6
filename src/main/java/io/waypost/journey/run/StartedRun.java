package io.waypost.journey.run;

import org.jspecify.annotations.Nullable;

/**
 * A run that the engine has.
 *
 * @param run which
 * @param instance the engine's id of it
 * @param outcome name of the end event it reached at once; null when it waits
 */
record StartedRun(PendingRun run, String instance, @Nullable String outcome) {

}
