package io.waypost.consent;

import java.time.Instant;

import io.waypost.identity.AddressHash;

/**
 * An address that gets no messages.
 *
 * @param address keyed hash
 * @param reason the reason
 * @param actor user or system that added it
 * @param at time of the suppression
 */
public record Suppression(AddressHash address, SuppressionReason reason, String actor, Instant at) {

}
