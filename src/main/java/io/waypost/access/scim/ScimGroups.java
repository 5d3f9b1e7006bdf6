package io.waypost.access.scim;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.access.Caller;
import io.waypost.access.user.ExternalUsers;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Creates, changes and deletes a directory's groups, and gives their members the roles.
 * From the first group on, groups decide the roles of all users of the directory; the
 * groups of a sign-in no longer count.
 */
@Component
class ScimGroups {

	private final ScimGroupRepository repository;

	private final ScimUserRepository userRepository;

	private final ScimUsers users;

	private final ExternalUsers accounts;

	private final IdGenerator ids;

	private final Ledger ledger;

	private final Clock clock;

	ScimGroups(ScimGroupRepository repository, ScimUserRepository userRepository, ScimUsers users,
			ExternalUsers accounts, IdGenerator ids, Ledger ledger, Clock clock) {
		this.repository = repository;
		this.userRepository = userRepository;
		this.users = users;
		this.accounts = accounts;
		this.ids = ids;
		this.ledger = ledger;
		this.clock = clock;
	}

	/**
	 * Creates a group.
	 * @throws ScimException a 409 when the name is taken
	 */
	@Transactional
	ScimGroup create(Caller caller, ScimGroup.State state) {
		TenantId tenant = caller.tenant();
		this.accounts.lockTenant(tenant);
		UUID id = this.ids.next();
		boolean first = !this.userRepository.hasGroups(tenant);
		requireFreeName(tenant, state.displayName(), id);
		this.repository.insert(tenant, id, state, now());
		requireMembers(tenant, id, state.members());
		record(caller, "group.created", id, Map.of("name", state.displayName(), "members", state.members().size()));
		assignRoles(caller, first ? this.userRepository.listIds(tenant) : state.members());
		return require(tenant, id);
	}

	/** Replaces a group. */
	@Transactional
	ScimGroup replace(Caller caller, UUID id, ScimGroup.State state) {
		this.accounts.lockTenant(caller.tenant());
		return change(caller, require(caller.tenant(), id), state);
	}

	/** Applies a PATCH request. */
	@Transactional
	ScimGroup patch(Caller caller, UUID id, JsonNode request) {
		this.accounts.lockTenant(caller.tenant());
		ScimGroup before = require(caller.tenant(), id);
		ObjectNode json = before.toJson("");
		ScimPatch.applyToGroup(json, request);
		return change(caller, before, ScimGroup.State.of(json));
	}

	private ScimGroup change(Caller caller, ScimGroup before, ScimGroup.State state) {
		Set<UUID> members = members(before);
		boolean renamed = !before.displayName().equals(state.displayName())
				|| !Objects.equals(before.externalId(), state.externalId());
		if (!renamed && members.equals(state.members())) {
			return before;
		}
		requireFreeName(caller.tenant(), state.displayName(), before.id());
		this.repository.update(caller.tenant(), before.id(), state, now());
		requireMembers(caller.tenant(), before.id(), state.members());
		Set<UUID> added = minus(state.members(), members);
		Set<UUID> removed = minus(members, state.members());
		record(caller, "group.changed", before.id(),
				Map.of("name", state.displayName(), "added", added.size(), "removed", removed.size()));
		Set<UUID> affected = new HashSet<>(added);
		affected.addAll(removed);
		assignRoles(caller, renamed ? union(members, state.members()) : affected);
		return require(caller.tenant(), before.id());
	}

	/** Deletes a group. Its members lose the roles that no other group gives. */
	@Transactional
	void delete(Caller caller, UUID id) {
		this.accounts.lockTenant(caller.tenant());
		ScimGroup group = require(caller.tenant(), id);
		this.repository.delete(caller.tenant(), id);
		record(caller, "group.deleted", id, Map.of("name", group.displayName(), "members", group.members().size()));
		assignRoles(caller, members(group));
	}

	ScimGroup require(TenantId tenant, UUID id) {
		return this.repository.find(tenant, id)
			.orElseThrow(() -> ScimException.notFound("There is no group '%s'".formatted(id)));
	}

	private void assignRoles(Caller caller, Collection<UUID> members) {
		members.forEach((user) -> this.users.assignRoles(caller, user));
	}

	private void requireMembers(TenantId tenant, UUID group, Set<UUID> members) {
		int known = this.repository.replaceMembers(tenant, group, members);
		if (known != members.size()) {
			throw ScimException.invalidValue("members: %d of the %d ids are not users; create the users first"
				.formatted(members.size() - known, members.size()));
		}
	}

	private void requireFreeName(TenantId tenant, String name, UUID except) {
		if (this.repository.isNameTaken(tenant, name, except)) {
			throw ScimException.uniqueness("A group with the displayName '%s' exists".formatted(name));
		}
	}

	private static Set<UUID> members(ScimGroup group) {
		return group.members().stream().map(ScimGroup.Member::user).collect(Collectors.toSet());
	}

	private static Set<UUID> minus(Set<UUID> all, Set<UUID> without) {
		Set<UUID> rest = new HashSet<>(all);
		rest.removeAll(without);
		return rest;
	}

	private static Set<UUID> union(Set<UUID> some, Set<UUID> others) {
		Set<UUID> all = new HashSet<>(some);
		all.addAll(others);
		return all;
	}

	private void record(Caller caller, String kind, UUID group, Map<String, Object> facts) {
		this.ledger.record(List
			.of(new LedgerEntry(caller.tenant(), this.clock.instant(), kind, "group:" + group, caller.actor(), facts)));
	}

	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

}
