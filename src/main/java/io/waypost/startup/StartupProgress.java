package io.waypost.startup;

import java.util.Collections;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.core.metrics.ApplicationStartup;
import org.springframework.core.metrics.StartupStep;

/**
 * Follows the start by the steps that Spring reports: each step that opens a stage moves
 * the progress forward, never back. Safe to read from other threads.
 */
final class StartupProgress implements ApplicationStartup {

	private static final String BEAN_STEP = "spring.beans.instantiate";

	private static final String BEAN_NAME = "beanName";

	private static final Map<String, StartupStage> BY_STEP = Map.of("spring.context.config-classes.parse",
			StartupStage.COMPONENTS);

	private static final Map<String, StartupStage> BY_BEAN = Map.of("dataSource", StartupStage.DATABASE,
			"flywayInitializer", StartupStage.SCHEMA, "processEngineFactoryBean", StartupStage.ENGINE);

	/** What comes after a bean is complete. */
	private static final Map<String, StartupStage> AFTER_BEAN = Map.of("flywayInitializer", StartupStage.CONTENT,
			"processEngineFactoryBean", StartupStage.PAGES);

	private final AtomicReference<StartupStage> stage = new AtomicReference<>(StartupStage.SETTINGS);

	private final long start = System.nanoTime();

	StartupStage stage() {
		return this.stage.get();
	}

	/** Seconds since the application started. */
	long seconds() {
		return (System.nanoTime() - this.start) / 1_000_000_000L;
	}

	@Override
	public StartupStep start(String name) {
		reach(BY_STEP.get(name));
		return BEAN_STEP.equals(name) ? new BeanStep() : OtherStep.INSTANCE;
	}

	private void reach(@Nullable StartupStage next) {
		if (next != null) {
			this.stage.accumulateAndGet(next, (now, then) -> (then.compareTo(now) > 0) ? then : now);
		}
	}

	private static class OtherStep implements StartupStep {

		private static final StartupStep INSTANCE = new OtherStep();

		@Override
		public String getName() {
			return "";
		}

		@Override
		public long getId() {
			return 0;
		}

		@Override
		public @Nullable Long getParentId() {
			return null;
		}

		@Override
		public StartupStep tag(String key, String value) {
			return this;
		}

		@Override
		public StartupStep tag(String key, Supplier<String> value) {
			return this;
		}

		@Override
		public Tags getTags() {
			return Collections::emptyIterator;
		}

		@Override
		public void end() {
		}

	}

	/** The creation of one bean; Spring tells its name before it begins. */
	private final class BeanStep extends OtherStep {

		private @Nullable StartupStage next;

		@Override
		public StartupStep tag(String key, String value) {
			if (BEAN_NAME.equals(key)) {
				reach(BY_BEAN.get(value));
				this.next = AFTER_BEAN.get(value);
			}
			return this;
		}

		@Override
		public void end() {
			reach(this.next);
		}

	}

}
