/**
 * Encryption of direct identifiers: keys, encrypted fields and the primitives behind
 * them.
 */
@NullMarked
package io.waypost.identity.vault;

import org.jspecify.annotations.NullMarked;
