package io.waypost.access.user;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who can sign in at first.
 *
 * @param sample whether the sample workspace with its well-known credentials is open
 * @param admin the first administrator
 */
@ConfigurationProperties("waypost")
public record AccessSettings(boolean sample, @DefaultValue Administrator admin) {

	/**
	 * The first administrator.
	 *
	 * @param password used when the account is opened, never again
	 */
	record Administrator(@Nullable String password) {

	}

}
