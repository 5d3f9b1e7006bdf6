package io.waypost.identity.masterkey;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests without a query with AWS Signature Version 4 ("Create a signed AWS API
 * request" in the IAM User Guide).
 */
final class AwsRequestSigner {

	private static final String ALGORITHM = "AWS4-HMAC-SHA256";

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private final String region;

	private final String service;

	private final Clock clock;

	AwsRequestSigner(String region, String service, Clock clock) {
		this.region = region;
		this.service = service;
		this.clock = clock;
	}

	/**
	 * Returns the headers of a request with its signature.
	 * @param method HTTP method
	 * @param target address without a query
	 * @param headers other headers to sign
	 * @param body the body
	 * @param credentials credentials to sign with
	 * @return all headers to send; {@code Host} is signed too and sent by the client
	 */
	Map<String, String> sign(String method, URI target, Map<String, String> headers, byte[] body,
			AwsCredentials credentials) {
		String time = TIME.format(this.clock.instant());
		Map<String, String> sent = new TreeMap<>(headers);
		sent.put("X-Amz-Date", time);
		if (credentials.sessionToken() != null) {
			sent.put("X-Amz-Security-Token", credentials.sessionToken());
		}
		Map<String, String> signed = new TreeMap<>();
		sent.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), value.strip()));
		signed.put("host", target.getAuthority());
		String names = String.join(";", signed.keySet());
		String canonical = String.join("\n", method, target.getPath(), "", canonical(signed), names, hex(sha256(body)));
		String scope = String.join("/", time.substring(0, 8), this.region, this.service, "aws4_request");
		String toSign = String.join("\n", ALGORITHM, time, scope,
				hex(sha256(canonical.getBytes(StandardCharsets.UTF_8))));
		sent.put("Authorization", "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s".formatted(ALGORITHM,
				credentials.accessKeyId(), scope, names, hex(hmac(key(credentials, time), toSign))));
		return sent;
	}

	private byte[] key(AwsCredentials credentials, String time) {
		byte[] secret = ("AWS4" + credentials.secretAccessKey()).getBytes(StandardCharsets.UTF_8);
		byte[] date = hmac(secret, time.substring(0, 8));
		return hmac(hmac(hmac(date, this.region), this.service), "aws4_request");
	}

	private static String canonical(Map<String, String> signed) {
		return signed.entrySet()
			.stream()
			.map((header) -> header.getKey() + ':' + header.getValue() + '\n')
			.collect(Collectors.joining());
	}

	private static byte[] hmac(byte[] key, String text) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(key, "HmacSHA256"));
			return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("The JDK lacks HmacSHA256", ex);
		}
	}

	private static byte[] sha256(byte[] bytes) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(bytes);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("The JDK lacks SHA-256", ex);
		}
	}

	private static String hex(byte[] bytes) {
		return HexFormat.of().formatHex(bytes);
	}

}
