package io.waypost.access.oidc;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Sign-in with identity providers.
 *
 * @param oidc identity providers with OpenID Connect; each has a button on the sign-in
 * page
 * @param oidcOnlyTenants tenants whose users cannot sign in with a password, but with an
 * identity provider with OpenID Connect or SAML; users with the role PLATFORM_ADMIN still
 * can
 */
@ConfigurationProperties("waypost.sign-in")
record SignInSettings(@DefaultValue List<OidcSettings> oidc, @DefaultValue List<String> oidcOnlyTenants) {

}
