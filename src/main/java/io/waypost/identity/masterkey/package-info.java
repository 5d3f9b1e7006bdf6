/**
 * The master key of the vault: in a setting or a file, in AWS KMS or in HashiCorp Vault.
 * It encrypts the root keys, from which all other keys are derived.
 */
@NullMarked
package io.waypost.identity.masterkey;

import org.jspecify.annotations.NullMarked;
