package io.waypost.access.saml;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Sign-in with SAML 2.0.
 *
 * @param saml identity providers with SAML 2.0; each has a button on the sign-in page
 */
@ConfigurationProperties("waypost.sign-in")
record SamlSignInSettings(@DefaultValue List<SamlSettings> saml) {

}
