package io.waypost.access.oidc;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.waypost.access.Role;
import io.waypost.access.user.GroupMapping;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One identity provider of one tenant, as configured under
 * {@code waypost.sign-in.oidc[n]}; see docs/sign-in.md.
 *
 * @param name unique in the installation; last part of the redirect URI
 * {@code /login/oauth2/code/<name>}
 * @param label text of the button on the sign-in page; if not set, the name
 * @param issuer URL below which {@code /.well-known/openid-configuration} is found;
 * https, except on this machine
 * @param clientId id of Waypost at the provider
 * @param clientSecret secret of Waypost at the provider; not set for a public client
 * @param tenant tenant whose users sign in with this provider
 * @param groupsClaim claim of the ID token with the groups of the user
 * @param nameClaim claim of the ID token that becomes the name of a new user
 * @param directoryClaim claim of the ID token that is the {@code externalId} or
 * {@code userName} of the user in SCIM; {@code oid} for Entra
 * @param justInTime whether the first sign-in creates an account; if not, only users that
 * a directory created by SCIM can sign in
 * @param scopes requested besides {@code openid}
 * @param groups groups of the provider for each role, for example
 * {@code groups.marketer=crm-team}; without a group of the list a user cannot sign in
 */
record OidcSettings(@Nullable String name, @Nullable String label, @Nullable String issuer, @Nullable String clientId,
		@Nullable String clientSecret, @Nullable String tenant, @DefaultValue("groups") String groupsClaim,
		@DefaultValue("preferred_username") String nameClaim, @DefaultValue("sub") String directoryClaim,
		@DefaultValue("true") boolean justInTime, @DefaultValue( {
				"profile", "email" }) Set<String> scopes,
		@DefaultValue Map<Role, List<String>> groups){

	private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

	private static final Pattern ISSUER = Pattern
		.compile("https://[^?#]+|http://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?(/[^?#]*)?");

	OidcSettings {
		require(name != null && NAME.matcher(name).matches(), "name", name,
				"must be 1 to 40 lower-case letters, digits or hyphens");
		require(issuer != null && ISSUER.matcher(issuer).matches(), "issuer", issuer,
				"must be an https URL without query; http only on this machine");
		require(clientId != null && !clientId.isBlank(), "client-id", clientId, "must not be empty");
		require(tenant != null && !tenant.isBlank(), "tenant", tenant, "must not be empty");
		groups = new GroupMapping(groups).groups();
	}

	private static void require(boolean valid, String property, @Nullable String value, String rule) {
		if (!valid) {
			throw new IllegalArgumentException(
					"waypost.sign-in.oidc: %s '%s' %s".formatted(property, (value != null) ? value : "", rule));
		}
	}

	String id() {
		return present(this.name);
	}

	String issuerUrl() {
		return present(this.issuer);
	}

	String client() {
		return present(this.clientId);
	}

	TenantId tenantId() {
		return new TenantId(present(this.tenant));
	}

	String buttonLabel() {
		return (this.label != null) ? this.label : id();
	}

	/** Returns the scopes of the authorization request. */
	Set<String> allScopes() {
		Set<String> all = new TreeSet<>(this.scopes);
		all.add("openid");
		return all;
	}

	/** Returns the roles of a user in these groups. */
	Set<Role> roles(Collection<String> memberOf) {
		return new GroupMapping(this.groups).roles(memberOf);
	}

	private static String present(@Nullable String value) {
		if (value == null) {
			throw new IllegalStateException("The constructor requires a value");
		}
		return value;
	}

	/** Leaves the secret out. */
	@Override
	public String toString() {
		return "waypost.sign-in.oidc '%s'".formatted(this.name);
	}

}
