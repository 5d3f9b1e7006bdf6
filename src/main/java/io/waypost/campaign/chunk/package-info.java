/**
 * Chunks: a part of a frozen audience that is decided and queued in one transaction.
 */
@NullMarked
package io.waypost.campaign.chunk;

import org.jspecify.annotations.NullMarked;
