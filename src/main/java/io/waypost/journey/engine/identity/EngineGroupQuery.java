package io.waypost.journey.engine.identity;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.impl.GroupQueryImpl;
import org.camunda.bpm.engine.impl.Page;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.jspecify.annotations.Nullable;

/** The group queries of the web applications. */
final class EngineGroupQuery extends GroupQueryImpl {

	private static final long serialVersionUID = 1L;

	private final transient EngineIdentityProvider identityProvider;

	EngineGroupQuery(EngineIdentityProvider identityProvider, CommandExecutor executor) {
		super(executor);
		this.identityProvider = identityProvider;
	}

	@Override
	public long executeCount(CommandContext context) {
		return matching().count();
	}

	@Override
	public List<Group> executeList(CommandContext context, @Nullable Page page) {
		return EngineQueryPage.cut(matching().sorted().map(EngineIdentityProvider::group), page);
	}

	private Stream<String> matching() {
		return candidates().filter((group) -> (this.id == null || this.id.equals(group))
				&& (this.ids == null || Arrays.asList(this.ids).contains(group))
				&& (this.name == null || this.name.equals(group))
				&& (this.nameLike == null || group.contains(this.nameLike.replace("%", ""))));
	}

	private Stream<String> candidates() {
		if (this.userId == null) {
			return EngineGroups.all();
		}
		return this.identityProvider.visible()
			.filter((user) -> user.name().equals(this.userId))
			.flatMap((user) -> EngineGroups.of(user.roles()).stream());
	}

}
