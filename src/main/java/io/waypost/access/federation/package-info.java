/**
 * What sign-ins with OIDC and SAML share: how a filter begins the session and tells a
 * failure, and the authentication.
 */
@NullMarked
package io.waypost.access.federation;

import org.jspecify.annotations.NullMarked;
