package io.waypost.delivery.esp.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.springframework.stereotype.Component;

/**
 * Signs the sandbox's webhooks with HMAC-SHA256. The key exists only in this process, so
 * no other process can sign for the sandbox.
 */
@Component
class SandboxWebhookSigner {

	static final String HEADER = "X-Waypost-Signature";

	private static final String ALGORITHM = "HmacSHA256";

	private final SecretKeySpec key;

	SandboxWebhookSigner(RandomGenerator random) {
		byte[] secret = new byte[32];
		random.nextBytes(secret);
		this.key = new SecretKeySpec(secret, ALGORITHM);
	}

	String sign(byte[] body) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(this.key);
			return HexFormat.of().formatHex(mac.doFinal(body));
		}
		catch (GeneralSecurityException impossible) {
			throw new IllegalStateException(impossible);
		}
	}

	boolean matches(byte[] body, String signature) {
		return MessageDigest.isEqual(sign(body).getBytes(StandardCharsets.US_ASCII),
				signature.getBytes(StandardCharsets.US_ASCII));
	}

}
