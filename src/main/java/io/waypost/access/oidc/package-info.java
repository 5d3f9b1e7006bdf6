/**
 * Sign-in with OpenID Connect: authorization code flow with PKCE, group to role mapping,
 * and sign-out at the identity provider.
 */
@NullMarked
@NamedInterface("administration")
package io.waypost.access.oidc;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
