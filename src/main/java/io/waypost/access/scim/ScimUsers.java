package io.waypost.access.scim;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.access.Caller;
import io.waypost.access.Role;
import io.waypost.access.User;
import io.waypost.access.UserRepository;
import io.waypost.access.oidc.OidcProviders;
import io.waypost.access.user.ExternalUsers;
import io.waypost.access.user.OwnedTokens;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Creates, changes and deletes the accounts of a directory's users. Each change is in the
 * ledger, without names and addresses.
 */
@Component
class ScimUsers {

	private final ScimUserRepository repository;

	private final ExternalUsers accounts;

	private final UserRepository users;

	private final OidcProviders providers;

	private final OwnedTokens tokens;

	private final IdGenerator ids;

	private final Ledger ledger;

	private final Clock clock;

	ScimUsers(ScimUserRepository repository, ExternalUsers accounts, UserRepository users, OidcProviders providers,
			OwnedTokens tokens, IdGenerator ids, Ledger ledger, Clock clock) {
		this.repository = repository;
		this.accounts = accounts;
		this.users = users;
		this.providers = providers;
		this.tokens = tokens;
		this.ids = ids;
		this.ledger = ledger;
		this.clock = clock;
	}

	/**
	 * Creates a user, or takes over the account that an earlier sign-in of this user
	 * created.
	 * @throws ScimException a 409 when the userName is taken
	 */
	@Transactional
	ScimUser create(Caller caller, ScimUser.State state) {
		TenantId tenant = caller.tenant();
		this.accounts.lockTenant(tenant);
		UUID id = this.ids.next();
		requireFreeLogin(tenant, state.login(), id);
		String directoryId = Objects.requireNonNullElse(state.externalId(), state.login());
		String account = this.accounts.findSignedIn(tenant, directoryId)
			.orElseGet(() -> this.accounts.create(tenant, state.login(), "scim\n" + directoryId, Set.of(),
					caller.actor()));
		Instant now = now();
		this.repository.insert(tenant, new ScimUser(id, account, state, now, now, List.of()));
		record(caller, "user.provisioned", account, Map.of("active", state.active()));
		if (!state.active()) {
			deactivate(caller, account);
		}
		else if (this.repository.hasGroups(tenant)) {
			assignRoles(caller, id);
		}
		return require(tenant, id);
	}

	/** Replaces what the directory says about a user. */
	@Transactional
	ScimUser replace(Caller caller, UUID id, ScimUser.State state) {
		this.accounts.lockTenant(caller.tenant());
		return change(caller, require(caller.tenant(), id), state);
	}

	/** Applies a PATCH request. */
	@Transactional
	ScimUser patch(Caller caller, UUID id, JsonNode request) {
		this.accounts.lockTenant(caller.tenant());
		ScimUser before = require(caller.tenant(), id);
		ObjectNode json = before.toJson("");
		ScimPatch.applyToUser(json, request);
		return change(caller, before, ScimUser.State.of(json));
	}

	private ScimUser change(Caller caller, ScimUser before, ScimUser.State state) {
		List<String> changed = changes(before.state(), state);
		if (changed.isEmpty()) {
			return before;
		}
		requireFreeLogin(caller.tenant(), state.login(), before.id());
		this.repository.update(caller.tenant(), before.id(), state, now());
		record(caller, "user.changed", before.account(), Map.of("attributes", changed));
		if (before.state().active() && !state.active()) {
			deactivate(caller, before.account());
		}
		if (!before.state().active() && state.active()) {
			record(caller, "user.activated", before.account(), Map.of());
			if (this.repository.hasGroups(caller.tenant())) {
				assignRoles(caller, before.id());
			}
		}
		return require(caller.tenant(), before.id());
	}

	/** Deletes a user with the account. What the user did stays in the ledger. */
	@Transactional
	void delete(Caller caller, UUID id) {
		this.accounts.lockTenant(caller.tenant());
		ScimUser user = require(caller.tenant(), id);
		List<String> deleted = this.tokens.delete(caller.tenant(), user.account(), caller.actor());
		this.repository.delete(caller.tenant(), user.account());
		record(caller, "user.deleted", user.account(), Map.of("tokens", deleted));
	}

	/**
	 * Gives a user the roles of its groups. Groups of all providers of the tenant count.
	 */
	@Transactional
	void assignRoles(Caller caller, UUID id) {
		ScimUser user = require(caller.tenant(), id);
		if (!user.state().active()) {
			return;
		}
		List<String> groups = this.repository.groupNames(caller.tenant(), id);
		Set<Role> roles = EnumSet.noneOf(Role.class);
		this.providers.mappings(caller.tenant()).forEach((mapping) -> roles.addAll(mapping.roles(groups)));
		this.accounts.assignRoles(account(user.account()), roles, caller.actor());
	}

	ScimUser require(TenantId tenant, UUID id) {
		return this.repository.find(tenant, id)
			.orElseThrow(() -> ScimException.notFound("There is no user '%s'".formatted(id)));
	}

	private void deactivate(Caller caller, String account) {
		this.accounts.assignRoles(account(account), Set.of(), caller.actor());
		this.accounts.endSessions(caller.tenant(), account);
		record(caller, "user.deactivated", account, Map.of());
	}

	private User account(String name) {
		return this.users.find(name)
			.orElseThrow(() -> new IllegalStateException("The account '%s' of a directory is missing".formatted(name)));
	}

	private void requireFreeLogin(TenantId tenant, String login, UUID except) {
		if (this.repository.isLoginTaken(tenant, login, except)) {
			throw ScimException.uniqueness("A user with the userName '%s' exists".formatted(login));
		}
	}

	/** Lists the names of the attributes that differ; their values are personal data. */
	private static List<String> changes(ScimUser.State before, ScimUser.State after) {
		List<String> changed = new ArrayList<>();
		if (before.active() != after.active()) {
			changed.add("active");
		}
		if (!before.login().equals(after.login())) {
			changed.add("userName");
		}
		if (!Objects.equals(before.externalId(), after.externalId())) {
			changed.add("externalId");
		}
		for (String name : List.of("displayName", "emails", "name")) {
			if (!Objects.equals(before.attributes().get(name), after.attributes().get(name))) {
				changed.add(name);
			}
		}
		return changed;
	}

	private void record(Caller caller, String kind, String account, Map<String, Object> facts) {
		this.ledger.record(List.of(new LedgerEntry(caller.tenant(), this.clock.instant(), kind, "user:" + account,
				caller.actor(), facts)));
	}

	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

}
