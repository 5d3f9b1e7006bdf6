/**
 * Assignment of profiles to arms: phases, hashing, layer slots and the cache of live
 * phases.
 */
@NullMarked
package io.waypost.experiment.assign;

import org.jspecify.annotations.NullMarked;
