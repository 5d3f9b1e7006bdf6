package io.waypost.journey.engine.identity;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.waypost.access.User;
import org.camunda.bpm.engine.impl.Page;
import org.camunda.bpm.engine.impl.UserQueryImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.jspecify.annotations.Nullable;

/** The user queries of Tasklist. A person has one name here, which is also the id. */
final class EngineUserQuery extends UserQueryImpl {

	private static final long serialVersionUID = 1L;

	private final transient EngineIdentityProvider identityProvider;

	EngineUserQuery(EngineIdentityProvider identityProvider, CommandExecutor executor) {
		super(executor);
		this.identityProvider = identityProvider;
	}

	@Override
	public long executeCount(CommandContext context) {
		return matching().count();
	}

	@Override
	public List<org.camunda.bpm.engine.identity.User> executeList(CommandContext context, @Nullable Page page) {
		return EngineQueryPage
			.cut(matching().sorted(Comparator.comparing(User::name)).<org.camunda.bpm.engine.identity.User>map(
					EngineIdentityProvider::entity), page);
	}

	private Stream<User> matching() {
		return this.identityProvider.visible().filter(this::matches);
	}

	private boolean matches(User user) {
		String name = user.name();
		return equal(this.id, name) && (this.ids == null || Arrays.asList(this.ids).contains(name))
				&& equal(this.firstName, name) && like(this.firstNameLike, name) && this.lastName == null
				&& this.lastNameLike == null && this.email == null && this.emailLike == null
				&& (this.groupId == null || EngineGroups.of(user.roles()).contains(this.groupId))
				&& equal(this.tenantId, user.tenant().value());
	}

	private static boolean equal(@Nullable String expected, String value) {
		return expected == null || expected.equals(value);
	}

	private static boolean like(@Nullable String pattern, String value) {
		return pattern == null
				|| value.toLowerCase(Locale.ROOT).contains(pattern.replace("%", "").toLowerCase(Locale.ROOT));
	}

}
