/**
 * Runs of journeys: what an event starts, the threads that hand runs to the engine,
 * process variables and waits.
 */
@NullMarked
package io.waypost.journey.run;

import org.jspecify.annotations.NullMarked;
