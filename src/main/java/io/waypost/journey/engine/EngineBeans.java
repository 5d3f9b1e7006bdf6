package io.waypost.journey.engine;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.waypost.journey.check.KnownBeans;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;

/**
 * The beans that expressions of models can use: the named steps only. They are looked up
 * when a step runs, because they depend on the engine.
 */
final class EngineBeans extends AbstractMap<Object, Object> {

	/** Called by the engine at the end of every process, not by models. */
	static final String RUN_ENDED = "runEnded";

	/** Called by the engine at the start of every process, not by models. */
	static final String RUN_START_CHECK = "runStartCheck";

	/** Called by the engine at the start of every process, not by models. */
	static final String CHUNK_START_CHECK = "chunkStartCheck";

	private static final Set<String> LISTENERS = Set.of(RUN_ENDED, RUN_START_CHECK, CHUNK_START_CHECK);

	private final BeanFactory beans;

	EngineBeans(BeanFactory beans) {
		this.beans = beans;
	}

	@Override
	public boolean containsKey(@Nullable Object name) {
		return LISTENERS.contains(String.valueOf(name)) || KnownBeans.ALL.contains(String.valueOf(name));
	}

	@Override
	public @Nullable Object get(@Nullable Object name) {
		return containsKey(name) ? this.beans.getBean(String.valueOf(name)) : null;
	}

	@Override
	public Set<Map.Entry<Object, Object>> entrySet() {
		return KnownBeans.ALL.stream()
			.map((name) -> Map.<Object, Object>entry(name, this.beans.getBean(name)))
			.collect(Collectors.toUnmodifiableSet());
	}

}
