package io.waypost.identity;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of the vault.
 *
 * @param masterKey 32 bytes in base64 from which all keys are derived; without it a key
 * is created on the first start and stored in the data directory. Every node of a cluster
 * needs the same key
 */
@ConfigurationProperties("waypost.identity")
record IdentitySettings(@Nullable String masterKey) {

}
