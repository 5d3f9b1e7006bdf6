package io.waypost.access.secret;

import java.util.Base64;
import java.util.random.RandomGenerator;

import org.springframework.stereotype.Component;

/**
 * Generates API tokens, write keys and invitations: a prefix that secret scanners
 * recognise, and 256 random bits.
 */
@Component
public class SecretGenerator {

	private static final int BYTES = 32;

	private final RandomGenerator random;

	public SecretGenerator(RandomGenerator random) {
		this.random = random;
	}

	/** The kinds of secrets. */
	public enum SecretKind {

		API_TOKEN("wpt_"), WRITE_KEY("wpk_"), INVITATION("wpi_"), SESSION("wps_");

		private final String prefix;

		SecretKind(String prefix) {
			this.prefix = prefix;
		}

	}

	/**
	 * Generates a secret.
	 * @param kind determines the prefix
	 * @return the prefix and 43 URL-safe characters
	 */
	public String next(SecretKind kind) {
		byte[] bytes = new byte[BYTES];
		this.random.nextBytes(bytes);
		return kind.prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
