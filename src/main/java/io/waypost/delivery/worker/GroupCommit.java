package io.waypost.delivery.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Gathers single items from many threads into batches, so that one statement and one
 * commit serve them all. While one batch is being written the next one gathers: under
 * load batches grow, without load an item never waits for company.
 *
 * @param <T> what is gathered
 */
public final class GroupCommit<T> implements AutoCloseable {

	private final LinkedBlockingQueue<T> waiting = new LinkedBlockingQueue<>();

	private final int limit;

	private final Consumer<List<T>> writer;

	private final Thread thread;

	private volatile boolean open = true;

	/**
	 * Starts gathering.
	 * @param name of the writing thread
	 * @param limit size of a batch at the most
	 * @param writer writes one batch; must not throw
	 */
	public GroupCommit(String name, int limit, Consumer<List<T>> writer) {
		this.limit = limit;
		this.writer = writer;
		this.thread = Thread.ofPlatform().name(name).daemon().start(this::drain);
	}

	/**
	 * Adds an item to the next batch.
	 * @param item what to write
	 */
	public void add(T item) {
		this.waiting.add(item);
	}

	private void drain() {
		while (this.open || !this.waiting.isEmpty()) {
			List<T> batch = next();
			if (!batch.isEmpty()) {
				this.writer.accept(batch);
			}
		}
	}

	private List<T> next() {
		List<T> batch = new ArrayList<>();
		try {
			T first = this.waiting.poll(50, TimeUnit.MILLISECONDS);
			if (first != null) {
				batch.add(first);
				this.waiting.drainTo(batch, this.limit - 1);
			}
		}
		catch (InterruptedException stop) {
			this.open = false;
		}
		return batch;
	}

	/** Writes what is left, then ends. */
	@Override
	public void close() {
		this.open = false;
		try {
			this.thread.join(10_000);
		}
		catch (InterruptedException stop) {
			Thread.currentThread().interrupt();
		}
	}

}
