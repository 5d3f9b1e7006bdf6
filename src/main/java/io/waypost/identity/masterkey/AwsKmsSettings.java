package io.waypost.identity.masterkey;

import org.jspecify.annotations.Nullable;

/**
 * The master key in AWS KMS. Credentials are those of the environment variables
 * {@code AWS_ACCESS_KEY_ID}, {@code AWS_SECRET_ACCESS_KEY} and {@code AWS_SESSION_TOKEN},
 * of the container (ECS, EKS Pod Identity), or of the instance (IMDSv2).
 *
 * @param keyId id, ARN or alias of a symmetric key, for example {@code alias/waypost}
 * @param region region of the key, for example {@code eu-central-1}
 * @param endpoint address of the service; by default that of the region
 */
public record AwsKmsSettings(String keyId, String region, @Nullable String endpoint) {

}
