/**
 * Second factor of the sign-in: time-based one-time passwords (RFC 6238) and recovery
 * codes.
 */
@NullMarked
package io.waypost.access.totp;

import org.jspecify.annotations.NullMarked;
