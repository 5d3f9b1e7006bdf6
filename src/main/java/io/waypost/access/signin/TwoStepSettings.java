package io.waypost.access.signin;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Two-step sign-in.
 *
 * @param totpRequired whether administrators and modelers must use two-step sign-in;
 * until they turn it on, they can open only the page where they do so
 */
@ConfigurationProperties("waypost.access")
record TwoStepSettings(boolean totpRequired) {

}
