/**
 * How the room maps rows, JSON columns and ledger entries.
 */
@NullMarked
package io.waypost.delivery.store;

import org.jspecify.annotations.NullMarked;
