/**
 * Sign-in with SAML 2.0: Waypost is a service provider with SP-initiated sign-in, group
 * to role mapping, and sign-out at the identity provider.
 */
@NullMarked
@NamedInterface("administration")
package io.waypost.access.saml;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
