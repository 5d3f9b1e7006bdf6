package io.waypost.access.oidc;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.waypost.testing.TestIdentityProvider;

/**
 * ID tokens that a correct client refuses, and the correct one that they are made from.
 */
enum ForgedTokens {

	CORRECT, WRONG_ISSUER, WRONG_AUDIENCE, OTHER_AUTHORIZED_PARTY, EXPIRED, NOT_YET_VALID, ISSUED_IN_THE_FUTURE,
	NONCE_OF_ANOTHER_SIGN_IN, NO_NONCE, NO_SUBJECT, OTHER_KEY_WITH_THE_SAME_ID, NO_ALGORITHM, SIGNED_WITH_CLIENT_SECRET,
	SIGNED_WITH_PUBLIC_KEY, CHANGED_AFTER_SIGNATURE, TOKEN_OF_ANOTHER_PROVIDER;

	private static final int SKEW_SECONDS = 3600;

	/**
	 * Makes the token.
	 * @param subject the user
	 * @param nonce of the sign-in
	 * @param claims further claims
	 * @param keys signing keys of the two providers
	 * @return the serialised token
	 */
	String make(String subject, String nonce, Map<String, Object> claims, Map<String, RSAKey> keys)
			throws JOSEException {
		RSAKey key = keys.get(TestIdentityProvider.HEARTH);
		JWTClaimsSet set = change(correct(subject, nonce, claims)).build();
		return switch (this) {
			case NO_ALGORITHM -> new PlainJWT(set).serialize();
			case SIGNED_WITH_CLIENT_SECRET ->
				sign(set, JWSAlgorithm.HS256, key.getKeyID(), new MACSigner(TestIdentityProvider.SECRET));
			case SIGNED_WITH_PUBLIC_KEY ->
				sign(set, JWSAlgorithm.HS256, key.getKeyID(), new MACSigner(key.toRSAPublicKey().getEncoded()));
			case OTHER_KEY_WITH_THE_SAME_ID ->
				sign(set, JWSAlgorithm.RS256, key.getKeyID(), new RSASSASigner(new RSAKeyGenerator(2048).generate()));
			case TOKEN_OF_ANOTHER_PROVIDER -> sign(set, JWSAlgorithm.RS256, TestIdentityProvider.RIVAL,
					new RSASSASigner(keys.get(TestIdentityProvider.RIVAL)));
			case CHANGED_AFTER_SIGNATURE ->
				changed(set, sign(set, JWSAlgorithm.RS256, key.getKeyID(), new RSASSASigner(key)));
			default -> sign(set, JWSAlgorithm.RS256, key.getKeyID(), new RSASSASigner(key));
		};
	}

	private JWTClaimsSet.Builder change(JWTClaimsSet.Builder claims) {
		Instant now = Instant.now();
		String client = TestIdentityProvider.client(TestIdentityProvider.HEARTH);
		return switch (this) {
			case WRONG_ISSUER -> claims.issuer("http://127.0.0.1:1/elsewhere");
			case TOKEN_OF_ANOTHER_PROVIDER -> claims.issuer(TestIdentityProvider.issuer(TestIdentityProvider.RIVAL));
			case WRONG_AUDIENCE -> claims.audience("another-client");
			case OTHER_AUTHORIZED_PARTY ->
				claims.audience(List.of(client, "another-client")).claim("azp", "another-client");
			case EXPIRED -> claims.issueTime(Date.from(now.minusSeconds(2 * SKEW_SECONDS)))
				.expirationTime(Date.from(now.minusSeconds(SKEW_SECONDS)));
			case NOT_YET_VALID -> claims.notBeforeTime(Date.from(now.plusSeconds(SKEW_SECONDS)));
			case ISSUED_IN_THE_FUTURE -> claims.issueTime(Date.from(now.plusSeconds(SKEW_SECONDS)))
				.expirationTime(Date.from(now.plusSeconds(2 * SKEW_SECONDS)));
			case NONCE_OF_ANOTHER_SIGN_IN -> claims.claim("nonce", "Y2FwdHVyZWQtZWFybGllcg");
			case NO_NONCE -> claims.claim("nonce", null);
			case NO_SUBJECT -> claims.subject(null);
			default -> claims;
		};
	}

	private static JWTClaimsSet.Builder correct(String subject, String nonce, Map<String, Object> claims) {
		JWTClaimsSet.Builder builder = new JWTClaimsSet.Builder();
		claims.forEach(builder::claim);
		return builder.issuer(TestIdentityProvider.issuer(TestIdentityProvider.HEARTH))
			.audience(TestIdentityProvider.client(TestIdentityProvider.HEARTH))
			.subject(subject)
			.issueTime(new Date())
			.expirationTime(Date.from(Instant.now().plusSeconds(SKEW_SECONDS)))
			.claim("nonce", nonce);
	}

	private static String sign(JWTClaimsSet claims, JWSAlgorithm algorithm, String key, JWSSigner signer)
			throws JOSEException {
		SignedJWT token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(key).build(), claims);
		token.sign(signer);
		return token.serialize();
	}

	private static String changed(JWTClaimsSet claims, String token) {
		String[] parts = token.split("\\.", -1);
		JWTClaimsSet other = new JWTClaimsSet.Builder(claims).subject("another-user").build();
		return parts[0] + "." + other.toPayload().toBase64URL() + "." + parts[2];
	}

}
