package io.waypost.journey.engine.identity;

import java.util.List;
import java.util.stream.Stream;

import io.waypost.access.User;
import io.waypost.access.UserRepository;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.GroupQuery;
import org.camunda.bpm.engine.identity.NativeUserQuery;
import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.identity.TenantQuery;
import org.camunda.bpm.engine.identity.UserQuery;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.identity.ReadOnlyIdentityProvider;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.persistence.entity.GroupEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TenantEntity;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.jspecify.annotations.Nullable;

/** Users, groups and tenants for the engine, read from the module {@code access}. */
final class EngineIdentityProvider implements ReadOnlyIdentityProvider {

	private final UserRepository users;

	EngineIdentityProvider(UserRepository users) {
		this.users = users;
	}

	@Override
	public @Nullable UserEntity findUserById(String name) {
		return this.users.find(name)
			.filter(EngineIdentityProvider::isVisible)
			.map(EngineIdentityProvider::entity)
			.orElse(null);
	}

	@Override
	public boolean checkPassword(String name, String password) {
		return this.users.authenticate(name, password).isPresent();
	}

	@Override
	public UserQuery createUserQuery() {
		return new EngineUserQuery(this, executor());
	}

	@Override
	public UserQuery createUserQuery(CommandContext context) {
		return new EngineUserQuery(this, executor());
	}

	@Override
	public NativeUserQuery createNativeUserQuery() {
		throw new BadUserRequestException("Native user queries are not supported");
	}

	@Override
	public @Nullable Group findGroupById(String group) {
		return EngineGroups.all().filter(group::equals).findFirst().map(EngineIdentityProvider::group).orElse(null);
	}

	@Override
	public GroupQuery createGroupQuery() {
		return new EngineGroupQuery(this, executor());
	}

	@Override
	public GroupQuery createGroupQuery(CommandContext context) {
		return createGroupQuery();
	}

	@Override
	public @Nullable Tenant findTenantById(String tenant) {
		return tenants(null).stream().filter((found) -> found.getId().equals(tenant)).findFirst().orElse(null);
	}

	@Override
	public TenantQuery createTenantQuery() {
		return new EngineTenantQuery(this, executor());
	}

	@Override
	public TenantQuery createTenantQuery(CommandContext context) {
		return createTenantQuery();
	}

	@Override
	public void flush() {
		// read-only
	}

	@Override
	public void close() {
		// no resources
	}

	/** The users that the caller may see. */
	Stream<User> visible() {
		return this.users.list().stream().filter(EngineIdentityProvider::isVisible);
	}

	/** All tenants, or the tenant of a user. */
	List<Tenant> tenants(@Nullable String user) {
		return visible().filter((found) -> user == null || found.name().equals(user))
			.map((found) -> found.tenant().value())
			.distinct()
			.sorted()
			.<Tenant>map(EngineIdentityProvider::tenant)
			.toList();
	}

	static UserEntity entity(User user) {
		UserEntity entity = new UserEntity();
		entity.setId(user.name());
		entity.setFirstName(user.name());
		return entity;
	}

	static Group group(String id) {
		GroupEntity entity = new GroupEntity(id);
		entity.setName(id);
		entity.setType("WORKFLOW");
		return entity;
	}

	private static Tenant tenant(String id) {
		TenantEntity entity = new TenantEntity(id);
		entity.setName(id);
		return entity;
	}

	/**
	 * A signed-in user sees the users of their own tenants; the engine itself sees all.
	 */
	private static boolean isVisible(User user) {
		CommandContext context = Context.getCommandContext();
		Authentication caller = (context != null) ? context.getAuthentication() : null;
		return caller == null
				|| (caller.getTenantIds() != null && caller.getTenantIds().contains(user.tenant().value()));
	}

	private static CommandExecutor executor() {
		return Context.getProcessEngineConfiguration().getCommandExecutorTxRequired();
	}

}
