/**
 * Rows of the trigger table, and the recheck of a trigger after a wait.
 */
@NullMarked
@NamedInterface("trigger")
package io.waypost.agent.trigger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
