package io.waypost.access.saml;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.waypost.access.Role;
import io.waypost.access.user.GroupMapping;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * One SAML identity provider of one tenant, as configured under
 * {@code waypost.sign-in.saml[n]}; see docs/sign-in.md.
 *
 * @param name unique in the installation; last part of the URLs of Waypost, for example
 * {@code /login/saml2/acs/<name>}
 * @param label text of the button on the sign-in page; if not set, the name
 * @param tenant tenant whose users sign in with this provider
 * @param idpEntityId entity id of the identity provider
 * @param idpSsoUrl where users sign in, by HTTP redirect; https, except on this machine
 * @param idpSloUrl where users sign out, by HTTP redirect; if not set, the session at the
 * provider stays open
 * @param idpCertificates certificates that may sign assertions, in PEM; two while one
 * replaces the other
 * @param groupsAttribute attribute of the assertion with the groups of the user
 * @param nameAttribute attribute of the assertion that becomes the name of a new user; if
 * not set, the NameID
 * @param groups groups of the provider for each role, for example
 * {@code groups.marketer=crm-team}; without a group of the list a user cannot sign in
 * @param justInTime whether the first sign-in creates an account; if not, only users that
 * a directory created by SCIM can sign in, with their {@code externalId} or
 * {@code userName} as the NameID
 * @param allowUnsolicited whether users may start at the provider instead of on the
 * sign-in page; such a sign-in is not tied to a browser
 * @param encryptionRequired whether assertions that are not encrypted are refused
 * @param certificate certificate of Waypost in PEM, for encrypted assertions and signed
 * requests
 * @param privateKey RSA key of the certificate in PEM, PKCS#8
 */
record SamlSettings(@Nullable String name, @Nullable String label, @Nullable String tenant,
		@Nullable String idpEntityId, @Nullable String idpSsoUrl, @Nullable String idpSloUrl,
		@Nullable String idpCertificates, @DefaultValue("groups") String groupsAttribute,
		@Nullable String nameAttribute, @DefaultValue Map<Role, List<String>> groups,
		@DefaultValue("true") boolean justInTime, @DefaultValue("false") boolean allowUnsolicited,
		@DefaultValue("false") boolean encryptionRequired, @Nullable String certificate, @Nullable String privateKey) {

	private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

	private static final Pattern URL = Pattern
		.compile("https://[^\\s#]+|http://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?(/[^\\s#]*)?");

	SamlSettings {
		require(name != null && NAME.matcher(name).matches(), "name", name,
				"must be 1 to 40 lower-case letters, digits or hyphens");
		require(tenant != null && !tenant.isBlank(), "tenant", tenant, "must not be empty");
		require(idpEntityId != null && !idpEntityId.isBlank(), "idp-entity-id", idpEntityId, "must not be empty");
		require(idpSsoUrl != null && URL.matcher(idpSsoUrl).matches(), "idp-sso-url", idpSsoUrl,
				"must be an https URL; http only on this machine");
		require(idpSloUrl == null || URL.matcher(idpSloUrl).matches(), "idp-slo-url", idpSloUrl,
				"must be an https URL; http only on this machine");
		require(idpCertificates != null && PemContent.isPresentInText(idpCertificates), "idp-certificates",
				idpCertificates, "must contain -----BEGIN CERTIFICATE-----");
		require((certificate == null) == (privateKey == null), "private-key", "…",
				"and certificate must be set together");
		require(!encryptionRequired || privateKey != null, "encryption-required", "true",
				"needs private-key and certificate");
		groups = new GroupMapping(groups).groups();
	}

	private static void require(boolean valid, String property, @Nullable String value, String rule) {
		if (!valid) {
			throw new IllegalArgumentException(
					"waypost.sign-in.saml: %s '%s' %s".formatted(property, (value != null) ? value : "", rule));
		}
	}

	String id() {
		return present(this.name);
	}

	TenantId tenantId() {
		return new TenantId(present(this.tenant));
	}

	String entityId() {
		return present(this.idpEntityId);
	}

	String ssoUrl() {
		return present(this.idpSsoUrl);
	}

	String buttonLabel() {
		return (this.label != null) ? this.label : id();
	}

	GroupMapping mapping() {
		return new GroupMapping(this.groups);
	}

	/** Returns the certificates of the identity provider. */
	List<X509Certificate> trusted() {
		return certificates("idp-certificates", present(this.idpCertificates));
	}

	/** Returns the certificate of Waypost; null if there is none. */
	@Nullable X509Certificate ownCertificate() {
		return (this.certificate != null) ? certificates("certificate", this.certificate).getFirst() : null;
	}

	/** Returns the private key of Waypost; null if there is none. */
	@Nullable PrivateKey ownKey() {
		if (this.privateKey == null) {
			return null;
		}
		PrivateKey key = PemContent.of(this.privateKey).getPrivateKey();
		require(key != null && "RSA".equals(key.getAlgorithm()), "private-key", "…", "must be an RSA key in PKCS#8");
		return key;
	}

	private static List<X509Certificate> certificates(String property, String pem) {
		try {
			return PemContent.of(pem).getCertificates();
		}
		catch (IllegalStateException ex) {
			throw new IllegalArgumentException(
					"waypost.sign-in.saml: %s is not a certificate in PEM: %s".formatted(property, ex.getMessage()),
					ex);
		}
	}

	private static String present(@Nullable String value) {
		if (value == null) {
			throw new IllegalStateException("The constructor requires a value");
		}
		return value;
	}

	/** Leaves the private key out. */
	@Override
	public String toString() {
		return "waypost.sign-in.saml '%s'".formatted(this.name);
	}

}
