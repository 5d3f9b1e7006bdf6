package io.waypost.identity;

/**
 * Keyed hash of a canonical e-mail address: lets a suppression outlive the person's
 * erasure.
 *
 * @param hex HMAC-SHA256 with the tenant's key, 64 hexadecimal digits
 */
public record AddressHash(String hex) {

}
