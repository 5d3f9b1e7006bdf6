/**
 * Starts, watches and stops the embedded PostgreSQL that runs when no external database
 * is configured.
 */
@NullMarked
package io.waypost.database.embedded;

import org.jspecify.annotations.NullMarked;
