package io.waypost.access.user;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Accounts that exist from the first start.
 *
 * @param sample whether the sample workspace exists, with its publicly known credentials;
 * if not set, true with the embedded database and false with
 * {@code spring.datasource.url}
 * @param admin the first administrator
 */
@ConfigurationProperties("waypost")
record AccessSettings(boolean sample, @DefaultValue Administrator admin) {

	/**
	 * The first administrator.
	 *
	 * @param password initial password; ignored once the account exists
	 */
	record Administrator(@Nullable String password) {

	}

}
