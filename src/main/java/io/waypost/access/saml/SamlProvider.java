package io.waypost.access.saml;

import java.net.URI;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.onelogin.saml2.settings.Saml2Settings;
import com.onelogin.saml2.settings.SettingsBuilder;
import com.onelogin.saml2.util.Constants;
import io.waypost.access.PublicUrl;
import org.jspecify.annotations.Nullable;

/**
 * An identity provider with the addresses of Waypost as its service provider.
 *
 * @param settings the configuration
 * @param spEntityId entity id of Waypost at this provider: the URL of its metadata
 * @param acsUrl where the provider sends assertions, by HTTP POST
 * @param library the settings in the form of the SAML library
 */
record SamlProvider(SamlSettings settings, String spEntityId, String acsUrl, Saml2Settings library) {

	/** The name of a provider follows each of these paths. */
	static final String METADATA = "/login/saml2/metadata/";

	static final String START = "/login/saml2/start/";

	static final String ACS = "/login/saml2/acs/";

	static final String FINISH = "/login/saml2/finish/";

	static final String SIGNED_OUT = "/login/saml2/signed-out/";

	static SamlProvider of(SamlSettings settings, PublicUrl publicUrl) {
		String entityId = publicUrl.of(METADATA + settings.id());
		String acsUrl = publicUrl.of(ACS + settings.id());
		Map<String, Object> values = new HashMap<>();
		values.put(SettingsBuilder.SP_ENTITYID_PROPERTY_KEY, entityId);
		values.put(SettingsBuilder.SP_ASSERTION_CONSUMER_SERVICE_URL_PROPERTY_KEY, acsUrl);
		values.put(SettingsBuilder.SP_SINGLE_LOGOUT_SERVICE_URL_PROPERTY_KEY, publicUrl.of(SIGNED_OUT + settings.id()));
		values.put(SettingsBuilder.SP_NAMEIDFORMAT_PROPERTY_KEY, Constants.NAMEID_UNSPECIFIED);
		values.put(SettingsBuilder.IDP_ENTITYID_PROPERTY_KEY, settings.entityId());
		values.put(SettingsBuilder.IDP_SINGLE_SIGN_ON_SERVICE_URL_PROPERTY_KEY, settings.ssoUrl());
		if (settings.idpSloUrl() != null) {
			values.put(SettingsBuilder.IDP_SINGLE_LOGOUT_SERVICE_URL_PROPERTY_KEY, settings.idpSloUrl());
		}
		List<X509Certificate> trusted = settings.trusted();
		for (int index = 0; index < trusted.size(); index++) {
			values.put(SettingsBuilder.IDP_X509CERTMULTI_PROPERTY_KEY + "." + index, trusted.get(index));
		}
		@Nullable X509Certificate certificate = settings.ownCertificate();
		@Nullable PrivateKey key = settings.ownKey();
		if (certificate != null && key != null) {
			values.put(SettingsBuilder.SP_X509CERT_PROPERTY_KEY, certificate);
			values.put(SettingsBuilder.SP_PRIVATEKEY_PROPERTY_KEY, key);
		}
		Saml2Settings library = new SettingsBuilder().fromValues(values).build();
		secure(library, settings, key != null);
		return new SamlProvider(settings, entityId, acsUrl, library);
	}

	/** The library's defaults are lenient: SHA-1, and no check in non-strict mode. */
	private static void secure(Saml2Settings library, SamlSettings settings, boolean hasKey) {
		library.setStrict(true);
		library.setRejectDeprecatedAlg(true);
		library.setRejectUnsolicitedResponsesWithInResponseTo(true);
		library.setWantXMLValidation(true);
		library.setWantNameId(true);
		library.setWantAssertionsSigned(true);
		library.setWantAssertionsEncrypted(settings.encryptionRequired());
		library.setSignatureAlgorithm(Constants.RSA_SHA256);
		library.setDigestAlgorithm(Constants.SHA256);
		library.setAuthnRequestsSigned(hasKey);
		library.setLogoutRequestSigned(hasKey);
		library.setAllowRepeatAttributeName(true);
	}

	String id() {
		return this.settings.id();
	}

	/**
	 * Returns the issuer of the accounts. OpenID Connect uses other subjects, also if the
	 * provider has the same URL for both.
	 */
	String accountIssuer() {
		return "saml:" + this.settings.entityId();
	}

	/** Returns the origin to which the sign-out leads; empty without one. */
	String signOutOrigin() {
		if (this.settings.idpSloUrl() == null) {
			return "";
		}
		URI url = URI.create(this.settings.idpSloUrl());
		return " %s://%s".formatted(url.getScheme(), url.getAuthority());
	}

}
