package io.waypost.access.edge;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the request threads that wait for bytes of a body. Slow clients must not occupy
 * all threads: requests whose bodies have arrived never count.
 */
final class WaitingBodies {

	private final int limit;

	private final int limitPerAddress;

	private final AtomicInteger total = new AtomicInteger();

	private final ConcurrentHashMap<String, Integer> byAddress = new ConcurrentHashMap<>();

	/**
	 * Makes the counters.
	 * @param limit most threads that wait
	 * @param limitPerAddress most threads that wait for one client address
	 */
	WaitingBodies(int limit, int limitPerAddress) {
		this.limit = limit;
		this.limitPerAddress = limitPerAddress;
	}

	/**
	 * Counts a thread that is about to wait.
	 * @param address address of the client
	 * @return false when too many wait; it is not counted then
	 */
	boolean enter(String address) {
		int waiting = this.byAddress.merge(address, 1, Integer::sum);
		if (this.total.incrementAndGet() <= this.limit && waiting <= this.limitPerAddress) {
			return true;
		}
		leave(address);
		return false;
	}

	/**
	 * Counts the end of a wait.
	 * @param address address of the client
	 */
	void leave(String address) {
		this.total.decrementAndGet();
		this.byAddress.computeIfPresent(address, (key, waiting) -> (waiting > 1) ? waiting - 1 : null);
	}

}
