package io.waypost.identity.masterkey;

import org.jspecify.annotations.Nullable;

/**
 * Credentials of AWS.
 *
 * @param accessKeyId id of the access key
 * @param secretAccessKey the secret
 * @param sessionToken present for temporary credentials
 */
record AwsCredentials(String accessKeyId, String secretAccessKey, @Nullable String sessionToken) {

	@Override
	public String toString() {
		return "AwsCredentials[***]";
	}

}
