package io.waypost.journey.engine.identity;

import java.util.List;
import java.util.stream.Stream;

import org.camunda.bpm.engine.impl.Page;
import org.jspecify.annotations.Nullable;

/** Returns the requested page of a list. */
final class EngineQueryPage {

	private EngineQueryPage() {
	}

	static <T> List<T> cut(Stream<T> all, @Nullable Page page) {
		return (page == null) ? all.toList() : all.skip(page.getFirstResult()).limit(page.getMaxResults()).toList();
	}

}
