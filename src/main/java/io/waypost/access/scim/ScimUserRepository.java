package io.waypost.access.scim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.database.JsonColumn;
import io.waypost.database.SqlTime;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Users of directories in the database. */
@Component
class ScimUserRepository {

	static final Set<String> FILTERS = Set.of("username", "externalid", "id");

	private static final String CONDITION = """
			WHERE s.tenant_id = :tenant AND (:login::text IS NULL OR lower(s.login) = lower(:login))
				AND (:external::text IS NULL OR s.external_id = :external)
				AND (:id::text IS NULL OR s.user_id::text = lower(:id))
			""";

	private final JdbcClient jdbc;

	private final JsonColumn json;

	ScimUserRepository(JdbcClient jdbc, JsonColumn json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	long count(TenantId tenant, ScimFilter filter) {
		return condition("SELECT count(*) FROM access.scim_user s " + CONDITION, tenant, filter).query(Long.class)
			.single();
	}

	List<ScimUser> list(TenantId tenant, ScimFilter filter, ScimPage page) {
		List<ScimUser> users = condition("SELECT s.* FROM access.scim_user s " + CONDITION + """
				ORDER BY s.created_at, s.user_id LIMIT :limit OFFSET :offset
				""", tenant, filter).param("limit", page.count())
			.param("offset", page.offset())
			.query((row, number) -> new ScimUser(row.getObject("user_id", UUID.class), row.getString("user_name"),
					new ScimUser.State(row.getString("login"), row.getString("external_id"), row.getBoolean("active"),
							this.json.read(row.getString("attributes"), ObjectNode.class)),
					SqlTime.read(row, "created_at"), SqlTime.read(row, "changed_at"), List.of()))
			.list();
		Map<UUID, List<ScimUser.Membership>> groups = groups(tenant, users.stream().map(ScimUser::id).toList());
		return users.stream()
			.map((user) -> new ScimUser(user.id(), user.account(), user.state(), user.createdAt(), user.changedAt(),
					groups.getOrDefault(user.id(), List.of())))
			.toList();
	}

	Optional<ScimUser> find(TenantId tenant, UUID id) {
		return list(tenant, new ScimFilter(Map.of("id", id.toString())), new ScimPage(1, 1)).stream().findFirst();
	}

	private JdbcClient.StatementSpec condition(String sql, TenantId tenant, ScimFilter filter) {
		return this.jdbc.sql(sql)
			.param("tenant", tenant.value())
			.param("login", filter.value("username"))
			.param("external", filter.value("externalid"))
			.param("id", filter.value("id"));
	}

	private Map<UUID, List<ScimUser.Membership>> groups(TenantId tenant, Collection<UUID> users) {
		Map<UUID, List<ScimUser.Membership>> groups = new HashMap<>();
		this.jdbc.sql("""
				SELECT m.user_id, g.group_id, g.display_name FROM access.scim_member m
				JOIN access.scim_group g ON g.tenant_id = m.tenant_id AND g.group_id = m.group_id
				WHERE m.tenant_id = ? AND m.user_id = ANY (?)
				ORDER BY lower(g.display_name)
				""").params(tenant.value(), users.toArray(UUID[]::new)).query((row) -> {
			groups.computeIfAbsent(row.getObject("user_id", UUID.class), (id) -> new ArrayList<>())
				.add(new ScimUser.Membership(row.getObject("group_id", UUID.class), row.getString("display_name")));
		});
		return groups;
	}

	/**
	 * Lists the names and external ids of a user's groups, which the mapping compares.
	 */
	List<String> groupNames(TenantId tenant, UUID user) {
		return this.jdbc.sql("""
				SELECT unnest(array_remove(ARRAY[g.display_name, g.external_id], NULL)) FROM access.scim_member m
				JOIN access.scim_group g ON g.tenant_id = m.tenant_id AND g.group_id = m.group_id
				WHERE m.tenant_id = ? AND m.user_id = ?
				""").params(tenant.value(), user).query(String.class).list();
	}

	List<UUID> listIds(TenantId tenant) {
		return this.jdbc.sql("SELECT user_id FROM access.scim_user WHERE tenant_id = ? ORDER BY user_id")
			.param(tenant.value())
			.query(UUID.class)
			.list();
	}

	boolean hasGroups(TenantId tenant) {
		return this.jdbc.sql("SELECT EXISTS (SELECT 1 FROM access.scim_group WHERE tenant_id = ?)")
			.param(tenant.value())
			.query(Boolean.class)
			.single();
	}

	boolean isLoginTaken(TenantId tenant, String login, UUID except) {
		return this.jdbc.sql("""
				SELECT EXISTS (SELECT 1 FROM access.scim_user
					WHERE tenant_id = ? AND lower(login) = lower(?) AND user_id <> ?)
				""").params(tenant.value(), login, except).query(Boolean.class).single();
	}

	void insert(TenantId tenant, ScimUser user) {
		this.jdbc.sql("""
				INSERT INTO access.scim_user
					(tenant_id, user_id, user_name, login, external_id, active, attributes, created_at, changed_at)
				VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)
				""")
			.params(tenant.value(), user.id(), user.account(), user.state().login(), user.state().externalId(),
					user.state().active(), this.json.write(user.state().attributes()), SqlTime.of(user.createdAt()),
					SqlTime.of(user.changedAt()))
			.update();
	}

	void update(TenantId tenant, UUID id, ScimUser.State state, Instant now) {
		this.jdbc
			.sql("""
					UPDATE access.scim_user SET login = ?, external_id = ?, active = ?, attributes = ?::jsonb, changed_at = ?
					WHERE tenant_id = ? AND user_id = ?
					""")
			.params(state.login(), state.externalId(), state.active(), this.json.write(state.attributes()),
					SqlTime.of(now), tenant.value(), id)
			.update();
	}

	/** Deletes the account with its sessions. */
	void delete(TenantId tenant, String account) {
		this.jdbc.sql("DELETE FROM access.app_user WHERE tenant_id = ? AND name = ?")
			.params(tenant.value(), account)
			.update();
	}

}
