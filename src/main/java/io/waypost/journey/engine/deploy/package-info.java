/**
 * Bundled models, the check of every deployment and its record in the ledger.
 */
@NullMarked
package io.waypost.journey.engine.deploy;

import org.jspecify.annotations.NullMarked;
