/**
 * Secrets: random tokens and keys, and the rules for passwords.
 */
@NullMarked
package io.waypost.access.secret;

import org.jspecify.annotations.NullMarked;
