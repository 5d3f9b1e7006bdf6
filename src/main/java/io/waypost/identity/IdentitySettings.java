package io.waypost.identity;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of the room.
 *
 * @param masterKey 32 bytes in base64 from which all keys are derived; without it a key
 * is made on the first start and kept in the data directory. Every node of a cluster
 * needs the same one
 */
@ConfigurationProperties("waypost.identity")
record IdentitySettings(@Nullable String masterKey) {

}
