package io.waypost.sample;

import io.waypost.database.TenantScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Loads the sample loader in the background, after the application is ready.
 */
@Component
@ConditionalOnSample
class SampleWorkspaceStarter implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(SampleWorkspaceStarter.class);

	private static final long STOP_TIMEOUT_MILLIS = 10_000;

	private final SampleWorkspaceLoader loader;

	private final SampleLock lock;

	private final Thread thread;

	private volatile boolean running;

	SampleWorkspaceStarter(SampleWorkspaceLoader loader, SampleLock lock) {
		this.loader = loader;
		this.lock = lock;
		this.thread = Thread.ofPlatform().name("sample").daemon().unstarted(this::load);
	}

	@EventListener(ApplicationReadyEvent.class)
	void on() {
		this.thread.start();
	}

	@Override
	public void start() {
		this.running = true;
	}

	/** Waits for the current step, so that the database is not closed during it. */
	@Override
	public void stop() {
		this.running = false;
		this.thread.interrupt();
		try {
			this.thread.join(STOP_TIMEOUT_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	private void load() {
		try {
			this.lock.runExclusively(() -> TenantScope.runAll(this.loader::load));
		}
		catch (RuntimeException ex) {
			if (this.running) {
				logger.warn("The sample workspace was not loaded completely; the next start continues", ex);
			}
		}
	}

}
