package io.waypost.identity;

/**
 * Keyed hash of a canonical e-mail address: identifies a suppressed address even after
 * the person was erased.
 *
 * @param hex HMAC-SHA256 with the tenant's key, 64 hexadecimal digits
 */
public record AddressHash(String hex) {

}
