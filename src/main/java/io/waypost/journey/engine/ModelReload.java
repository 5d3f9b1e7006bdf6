package io.waypost.journey.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.waypost.database.TenantScope;
import io.waypost.journey.engine.deploy.BundledModels;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Deploys the models of a folder again after one of them was changed, as one deployment,
 * like {@link BundledModels} does at the start and through the same check. A change is
 * deployed when two consecutive polls find the same files, so that a file being written
 * is not read. Polls, because notifications take ten seconds on a Mac.
 */
final class ModelReload implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(ModelReload.class);

	private final ModelFolder folder;

	private final Duration pause;

	private final Consumer<Map<String, byte[]>> deployer;

	private final CountDownLatch stopped = new CountDownLatch(1);

	private @Nullable Thread thread;

	/**
	 * Creates the reload.
	 * @param folder folder with the models
	 * @param pause between two polls
	 * @param deployer deploys the contents by name; throws when a model is refused
	 */
	ModelReload(ModelFolder folder, Duration pause, Consumer<Map<String, byte[]>> deployer) {
		this.folder = folder;
		this.pause = pause;
		this.deployer = deployer;
	}

	@Override
	public void start() {
		SortedMap<String, String> deployed = marks();
		this.thread = Thread.ofPlatform()
			.name("model-reload")
			.daemon()
			.start(() -> TenantScope.runAll(() -> watch(deployed)));
	}

	@Override
	public void stop() {
		this.stopped.countDown();
	}

	@Override
	public boolean isRunning() {
		return this.thread != null && this.stopped.getCount() > 0;
	}

	private SortedMap<String, String> marks() {
		try {
			return this.folder.marks();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void watch(SortedMap<String, String> atStart) {
		SortedMap<String, String> deployed = atStart;
		SortedMap<String, String> last = atStart;
		try {
			while (!this.stopped.await(this.pause.toMillis(), TimeUnit.MILLISECONDS)) {
				SortedMap<String, String> now = marks();
				if (now.equals(last) && !now.equals(deployed)) {
					deploy(changes(deployed, now));
					deployed = now;
				}
				last = now;
			}
		}
		catch (UncheckedIOException ex) {
			log.warn("Watching the model folder stopped: {}", ex.getMessage());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static List<String> changes(SortedMap<String, String> before, SortedMap<String, String> now) {
		TreeSet<String> names = new TreeSet<>(before.keySet());
		names.addAll(now.keySet());
		return names.stream().filter((name) -> !Objects.equals(before.get(name), now.get(name))).toList();
	}

	private void deploy(List<String> changes) {
		String names = String.join(", ", changes);
		try {
			this.deployer.accept(this.folder.contents());
			log.info("Deployed the models after changes in {}", names);
		}
		catch (IOException | RuntimeException ex) {
			log.warn("Models refused after changes in {}: {}", names, ex.getMessage());
		}
	}

}
