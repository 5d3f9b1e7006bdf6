package io.waypost.consent;

import java.time.Instant;

import io.waypost.identity.AddressHash;

/**
 * An address that gets no messages.
 *
 * @param address keyed hash
 * @param reason why
 * @param actor who or what put it there
 * @param at since when
 */
public record Suppression(AddressHash address, SuppressionReason reason, String actor, Instant at) {

}
