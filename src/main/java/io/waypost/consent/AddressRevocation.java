package io.waypost.consent;

import java.time.Instant;

import io.waypost.identity.AddressHash;

/**
 * A topic that was revoked for an address. It holds for every profile with the address.
 *
 * @param address keyed hash of the address
 * @param topic the subscription topic
 * @param actor who recorded it: {@code recipient}, {@code system} for the one-click
 * unsubscription of a message, a user or a source
 * @param at time of the answer
 */
public record AddressRevocation(AddressHash address, String topic, String actor, Instant at) {

}
