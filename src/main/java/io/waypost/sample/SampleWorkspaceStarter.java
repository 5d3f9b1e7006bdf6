package io.waypost.sample;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Fills the sample workspace in the background, after the product is ready to be used.
 */
@Component
@ConditionalOnSample
class SampleWorkspaceStarter implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(SampleWorkspaceStarter.class);

	private static final long PATIENCE_MILLIS = 10_000;

	private final SampleWorkspaceLoader workspace;

	private final SampleLock turn;

	private final Thread thread;

	private volatile boolean running;

	SampleWorkspaceStarter(SampleWorkspaceLoader workspace, SampleLock turn) {
		this.workspace = workspace;
		this.turn = turn;
		this.thread = Thread.ofPlatform().name("sample").daemon().unstarted(this::fill);
	}

	@EventListener(ApplicationReadyEvent.class)
	void on() {
		this.thread.start();
	}

	@Override
	public void start() {
		this.running = true;
	}

	/** Waits for the step under way, so that the database does not go away beneath it. */
	@Override
	public void stop() {
		this.running = false;
		this.thread.interrupt();
		try {
			this.thread.join(PATIENCE_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	private void fill() {
		try {
			this.turn.runExclusively(this.workspace::fill);
		}
		catch (RuntimeException ex) {
			if (this.running) {
				log.warn("The sample workspace could not be filled; the next start goes on where it stopped", ex);
			}
		}
	}

}
