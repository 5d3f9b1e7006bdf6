/**
 * A provider inside the house: keeps messages, answers and reports like an ESP. Mature.
 */
@NullMarked
package io.waypost.delivery.esp.sandbox;

import org.jspecify.annotations.NullMarked;
