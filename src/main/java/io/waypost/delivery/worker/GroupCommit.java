package io.waypost.delivery.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.waypost.database.TenantScope;

/**
 * Collects single items of all tenants from many threads into batches, so that one
 * statement and one commit serve many items. While one batch is being written, the next
 * one is collected. Batches grow under load; without load an item does not wait for
 * others.
 *
 * @param <T> type of the items
 */
public final class GroupCommit<T> implements AutoCloseable {

	private final LinkedBlockingQueue<T> queue = new LinkedBlockingQueue<>();

	private final int limit;

	private final Consumer<List<T>> writer;

	private final Thread thread;

	private volatile boolean open = true;

	/**
	 * Starts the writing thread.
	 * @param name name of the thread
	 * @param limit largest size of a batch
	 * @param writer writes one batch; must not throw
	 */
	public GroupCommit(String name, int limit, Consumer<List<T>> writer) {
		this.limit = limit;
		this.writer = writer;
		this.thread = Thread.ofPlatform().name(name).daemon().start(() -> TenantScope.runAll(this::run));
	}

	/**
	 * Adds an item to the next batch.
	 * @param item item to write
	 */
	public void add(T item) {
		this.queue.add(item);
	}

	private void run() {
		while (this.open || !this.queue.isEmpty()) {
			List<T> batch = next();
			if (!batch.isEmpty()) {
				this.writer.accept(batch);
			}
		}
	}

	private List<T> next() {
		List<T> batch = new ArrayList<>();
		try {
			T first = this.queue.poll(50, TimeUnit.MILLISECONDS);
			if (first != null) {
				batch.add(first);
				this.queue.drainTo(batch, this.limit - 1);
			}
		}
		catch (InterruptedException interrupted) {
			this.open = false;
		}
		return batch;
	}

	/** Writes the remaining items, waits at most 10 s, and ends. */
	@Override
	public void close() {
		this.open = false;
		try {
			this.thread.join(10_000);
		}
		catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
