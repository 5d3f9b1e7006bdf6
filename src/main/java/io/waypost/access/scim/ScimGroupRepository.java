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

import io.waypost.database.SqlTime;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Groups of directories in the database. */
@Component
class ScimGroupRepository {

	static final Set<String> FILTERS = Set.of("displayname", "externalid", "id", "members", "members.value");

	private static final String CONDITION = """
			WHERE g.tenant_id = :tenant AND (:name::text IS NULL OR lower(g.display_name) = lower(:name))
				AND (:external::text IS NULL OR g.external_id = :external)
				AND (:id::text IS NULL OR g.group_id::text = lower(:id))
				AND (:member::text IS NULL OR EXISTS (SELECT 1 FROM access.scim_member m
					WHERE m.tenant_id = g.tenant_id AND m.group_id = g.group_id AND m.user_id::text = lower(:member)))
			""";

	private final JdbcClient jdbc;

	ScimGroupRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	long count(TenantId tenant, ScimFilter filter) {
		return condition("SELECT count(*) FROM access.scim_group g " + CONDITION, tenant, filter).query(Long.class)
			.single();
	}

	List<ScimGroup> list(TenantId tenant, ScimFilter filter, ScimPage page) {
		List<ScimGroup> groups = condition("SELECT g.* FROM access.scim_group g " + CONDITION + """
				ORDER BY g.created_at, g.group_id LIMIT :limit OFFSET :offset
				""", tenant, filter).param("limit", page.count())
			.param("offset", page.offset())
			.query((row, number) -> new ScimGroup(row.getObject("group_id", UUID.class), row.getString("display_name"),
					row.getString("external_id"), SqlTime.read(row, "created_at"), SqlTime.read(row, "changed_at"),
					List.of()))
			.list();
		Map<UUID, List<ScimGroup.Member>> members = members(tenant, groups.stream().map(ScimGroup::id).toList());
		return groups.stream()
			.map((group) -> new ScimGroup(group.id(), group.displayName(), group.externalId(), group.createdAt(),
					group.changedAt(), members.getOrDefault(group.id(), List.of())))
			.toList();
	}

	Optional<ScimGroup> find(TenantId tenant, UUID id) {
		return list(tenant, new ScimFilter(Map.of("id", id.toString())), new ScimPage(1, 1)).stream().findFirst();
	}

	private JdbcClient.StatementSpec condition(String sql, TenantId tenant, ScimFilter filter) {
		String member = (filter.value("members") != null) ? filter.value("members") : filter.value("members.value");
		return this.jdbc.sql(sql)
			.param("tenant", tenant.value())
			.param("name", filter.value("displayname"))
			.param("external", filter.value("externalid"))
			.param("id", filter.value("id"))
			.param("member", member);
	}

	private Map<UUID, List<ScimGroup.Member>> members(TenantId tenant, Collection<UUID> groups) {
		Map<UUID, List<ScimGroup.Member>> members = new HashMap<>();
		this.jdbc.sql("""
				SELECT m.group_id, s.user_id, s.login FROM access.scim_member m
				JOIN access.scim_user s ON s.tenant_id = m.tenant_id AND s.user_id = m.user_id
				WHERE m.tenant_id = ? AND m.group_id = ANY (?)
				ORDER BY lower(s.login)
				""").params(tenant.value(), groups.toArray(UUID[]::new)).query((row) -> {
			members.computeIfAbsent(row.getObject("group_id", UUID.class), (id) -> new ArrayList<>())
				.add(new ScimGroup.Member(row.getObject("user_id", UUID.class), row.getString("login")));
		});
		return members;
	}

	boolean isNameTaken(TenantId tenant, String name, UUID except) {
		return this.jdbc.sql("""
				SELECT EXISTS (SELECT 1 FROM access.scim_group
					WHERE tenant_id = ? AND lower(display_name) = lower(?) AND group_id <> ?)
				""").params(tenant.value(), name, except).query(Boolean.class).single();
	}

	void insert(TenantId tenant, UUID id, ScimGroup.State state, Instant now) {
		this.jdbc.sql("""
				INSERT INTO access.scim_group (tenant_id, group_id, display_name, external_id, created_at, changed_at)
				VALUES (?, ?, ?, ?, ?, ?)
				""")
			.params(tenant.value(), id, state.displayName(), state.externalId(), SqlTime.of(now), SqlTime.of(now))
			.update();
	}

	void update(TenantId tenant, UUID id, ScimGroup.State state, Instant now) {
		this.jdbc.sql("""
				UPDATE access.scim_group SET display_name = ?, external_id = ?, changed_at = ?
				WHERE tenant_id = ? AND group_id = ?
				""").params(state.displayName(), state.externalId(), SqlTime.of(now), tenant.value(), id).update();
	}

	/**
	 * Replaces the members.
	 * @return how many of the ids are users
	 */
	int replaceMembers(TenantId tenant, UUID group, Set<UUID> users) {
		UUID[] ids = users.toArray(UUID[]::new);
		this.jdbc.sql("DELETE FROM access.scim_member WHERE tenant_id = ? AND group_id = ? AND NOT user_id = ANY (?)")
			.params(tenant.value(), group, ids)
			.update();
		this.jdbc.sql("""
				INSERT INTO access.scim_member (tenant_id, group_id, user_id)
				SELECT tenant_id, ?, user_id FROM access.scim_user WHERE tenant_id = ? AND user_id = ANY (?)
				ON CONFLICT DO NOTHING
				""").params(group, tenant.value(), ids).update();
		return this.jdbc.sql("SELECT count(*) FROM access.scim_member WHERE tenant_id = ? AND group_id = ?")
			.params(tenant.value(), group)
			.query(Integer.class)
			.single();
	}

	void delete(TenantId tenant, UUID id) {
		this.jdbc.sql("DELETE FROM access.scim_group WHERE tenant_id = ? AND group_id = ?")
			.params(tenant.value(), id)
			.update();
	}

}
