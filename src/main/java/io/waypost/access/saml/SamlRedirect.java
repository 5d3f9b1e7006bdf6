package io.waypost.access.saml;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;

import com.onelogin.saml2.authn.AuthnRequest;
import com.onelogin.saml2.authn.AuthnRequestParams;
import com.onelogin.saml2.logout.LogoutRequest;
import com.onelogin.saml2.logout.LogoutRequestParams;
import com.onelogin.saml2.util.Constants;
import org.jspecify.annotations.Nullable;

/**
 * A request to an identity provider in the query of a URL (HTTP-Redirect binding); signed
 * if the provider's entry has a private key.
 *
 * @param id id of the request
 * @param url where the browser goes
 */
record SamlRedirect(String id, String url) {

	static SamlRedirect signIn(SamlProvider provider) {
		AuthnRequest request = new AuthnRequest(provider.library(), new AuthnRequestParams(false, false, true));
		try {
			return new SamlRedirect(request.getId(),
					url(provider, provider.settings().ssoUrl(), request.getEncodedAuthnRequest()));
		}
		catch (IOException ex) {
			throw new IllegalStateException("The sign-in request could not be written", ex);
		}
	}

	static SamlRedirect signOut(SamlProvider provider, String endpoint, SamlAssertions.Statement statement) {
		LogoutRequest request = new LogoutRequest(provider.library(), new LogoutRequestParams(statement.sessionIndex(),
				statement.subject(), statement.format().isEmpty() ? null : statement.format()));
		try {
			return new SamlRedirect(request.getId(), url(provider, endpoint, request.getEncodedLogoutRequest()));
		}
		catch (IOException ex) {
			throw new IllegalStateException("The sign-out request could not be written", ex);
		}
	}

	private static String url(SamlProvider provider, String endpoint, String message) {
		String query = "SAMLRequest=" + encode(message);
		@Nullable PrivateKey key = provider.settings().ownKey();
		if (key != null) {
			query += "&SigAlg=" + encode(Constants.RSA_SHA256);
			query += "&Signature=" + encode(sign(query, key));
		}
		return endpoint + (endpoint.contains("?") ? '&' : '?') + query;
	}

	private static String sign(String query, PrivateKey key) {
		try {
			Signature signature = Signature.getInstance("SHA256withRSA");
			signature.initSign(key);
			signature.update(query.getBytes(StandardCharsets.US_ASCII));
			return Base64.getEncoder().encodeToString(signature.sign());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("waypost.sign-in.saml: private-key cannot sign", ex);
		}
	}

	private static String encode(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8);
	}

}
