package io.waypost.testing;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Keys and configuration of the SAML identity providers of {@link WaypostTest}. */
public final class TestSamlProvider {

	/** Provider of {@link TestTenant#ID}: users start at Waypost, requests are signed. */
	public static final String CORPORATE = "corporate";

	/** Provider of {@link TestTenant#ID}: users may start there. */
	public static final String PORTAL = "portal";

	/** Provider of a tenant that does not exist. */
	public static final String NOWHERE = "nowhere";

	/** Signs the assertions of all providers. */
	public static final KeyPair IDP_KEYS = newKeys();

	/** Certificate of {@link #IDP_KEYS}. */
	public static final X509Certificate IDP_CERTIFICATE = certificate(IDP_KEYS);

	/** Keys of Waypost at {@link #CORPORATE}. */
	public static final KeyPair OWN_KEYS = newKeys();

	/** Certificate of {@link #OWN_KEYS}. */
	public static final X509Certificate OWN_CERTIFICATE = certificate(OWN_KEYS);

	private TestSamlProvider() {
	}

	/**
	 * Returns the entity id of a provider.
	 * @param provider its name
	 * @return the id
	 */
	public static String entityId(String provider) {
		return "https://sso.hearth.example/" + provider;
	}

	/** Makes an RSA key pair. */
	public static KeyPair newKeys() {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
			generator.initialize(2048);
			return generator.generateKeyPair();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Makes a self-signed certificate. */
	public static X509Certificate certificate(KeyPair keys) {
		try {
			X500Name name = new X500Name("CN=sso.hearth.example");
			Instant start = Instant.now().minus(1, ChronoUnit.DAYS);
			return new JcaX509CertificateConverter()
				.getCertificate(new JcaX509v3CertificateBuilder(name, BigInteger.ONE, Date.from(start),
						Date.from(start.plus(3650, ChronoUnit.DAYS)), name, keys.getPublic())
					.build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
		}
		catch (GeneralSecurityException | OperatorCreationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Writes a certificate in PEM. */
	public static String pem(X509Certificate certificate) {
		try {
			return pem("CERTIFICATE", certificate.getEncoded());
		}
		catch (CertificateEncodingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Writes a private key in PEM. */
	public static String pem(Key key) {
		return pem("PRIVATE KEY", key.getEncoded());
	}

	private static String pem(String type, byte[] content) {
		return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type,
				Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(content), type);
	}

	static String[] properties() {
		return new String[] { "waypost.sign-in.saml[0].name=" + CORPORATE,
				"waypost.sign-in.saml[0].label=Corporate account", "waypost.sign-in.saml[0].tenant=" + TestTenant.ID,
				"waypost.sign-in.saml[0].idp-entity-id=" + entityId(CORPORATE),
				"waypost.sign-in.saml[0].idp-sso-url=" + entityId(CORPORATE) + "/sso?realm=staff",
				"waypost.sign-in.saml[0].idp-slo-url=" + entityId(CORPORATE) + "/slo",
				"waypost.sign-in.saml[0].idp-certificates=" + pem(IDP_CERTIFICATE),
				"waypost.sign-in.saml[0].certificate=" + pem(OWN_CERTIFICATE),
				"waypost.sign-in.saml[0].private-key=" + pem(OWN_KEYS.getPrivate()),
				"waypost.sign-in.saml[0].name-attribute=login", "waypost.sign-in.saml[0].groups.admin=corporate-admins",
				"waypost.sign-in.saml[0].groups.marketer=corporate-crm", "waypost.sign-in.saml[1].name=" + PORTAL,
				"waypost.sign-in.saml[1].tenant=" + TestTenant.ID,
				"waypost.sign-in.saml[1].idp-entity-id=" + entityId(PORTAL),
				"waypost.sign-in.saml[1].idp-sso-url=" + entityId(PORTAL) + "/sso",
				"waypost.sign-in.saml[1].idp-certificates=" + pem(IDP_CERTIFICATE),
				"waypost.sign-in.saml[1].allow-unsolicited=true",
				"waypost.sign-in.saml[1].groups.marketer=corporate-crm", "waypost.sign-in.saml[2].name=" + NOWHERE,
				"waypost.sign-in.saml[2].tenant=nowhere-shop",
				"waypost.sign-in.saml[2].idp-entity-id=" + entityId(NOWHERE),
				"waypost.sign-in.saml[2].idp-sso-url=" + entityId(NOWHERE) + "/sso",
				"waypost.sign-in.saml[2].idp-certificates=" + pem(IDP_CERTIFICATE),
				"waypost.sign-in.saml[2].groups.marketer=corporate-crm" };
	}

}
