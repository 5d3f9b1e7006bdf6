package io.waypost.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Where the identity providers of {@link WaypostTest} are. The test that needs them
 * starts them there; Waypost asks for their endpoints at the first sign-in only.
 */
public final class TestIdentityProvider {

	/** Port of both providers. */
	public static final int PORT = freePort();

	/** Provider of {@link TestTenant#ID}. */
	public static final String HEARTH = "hearth";

	/** Provider of {@link #RIVAL_TENANT}, whose users cannot sign in with a password. */
	public static final String RIVAL = "rival";

	/** Provider of a tenant that does not exist. */
	public static final String LOST = "lost";

	/** A tenant that the test creates. */
	public static final String RIVAL_TENANT = "rival-shop";

	/** Client secret of Waypost at both providers. */
	public static final String SECRET = "a-client-secret-of-at-least-32-bytes-length";

	private TestIdentityProvider() {
	}

	/**
	 * Returns the issuer of a provider.
	 * @param provider its name
	 * @return the URL
	 */
	public static String issuer(String provider) {
		return "http://127.0.0.1:" + PORT + "/" + provider;
	}

	/**
	 * Returns the client id of Waypost at a provider.
	 * @param provider its name
	 * @return the id
	 */
	public static String client(String provider) {
		return "waypost-at-" + provider;
	}

	static String[] properties() {
		return new String[] { "waypost.sign-in.oidc[0].name=" + HEARTH, "waypost.sign-in.oidc[0].label=Hearth account",
				"waypost.sign-in.oidc[0].issuer=" + issuer(HEARTH),
				"waypost.sign-in.oidc[0].client-id=" + client(HEARTH),
				"waypost.sign-in.oidc[0].client-secret=" + SECRET,
				"waypost.sign-in.oidc[0].tenant=" + TestTenant.ID.value(),
				"waypost.sign-in.oidc[0].groups.admin=hearth-admins",
				"waypost.sign-in.oidc[0].groups.operator=hearth-admins,hearth-on-call",
				"waypost.sign-in.oidc[0].groups.marketer=CRM Team", "waypost.sign-in.oidc[1].name=" + RIVAL,
				"waypost.sign-in.oidc[1].issuer=" + issuer(RIVAL), "waypost.sign-in.oidc[1].client-id=" + client(RIVAL),
				"waypost.sign-in.oidc[1].client-secret=" + SECRET, "waypost.sign-in.oidc[1].tenant=" + RIVAL_TENANT,
				"waypost.sign-in.oidc[1].groups.marketer=rival-crm", "waypost.sign-in.oidc[2].name=" + LOST,
				"waypost.sign-in.oidc[2].issuer=" + issuer(LOST), "waypost.sign-in.oidc[2].client-id=" + client(LOST),
				"waypost.sign-in.oidc[2].client-secret=" + SECRET, "waypost.sign-in.oidc[2].tenant=lost-shop",
				"waypost.sign-in.oidc[2].groups.marketer=crm", "waypost.sign-in.oidc-only-tenants=" + RIVAL_TENANT };
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
