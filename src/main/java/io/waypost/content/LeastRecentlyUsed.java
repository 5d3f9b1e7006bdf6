package io.waypost.content;

import java.util.LinkedHashMap;
import java.util.Map;

/** A small cache that forgets what was not asked for longest. Callers synchronise. */
final class LeastRecentlyUsed<K, V> extends LinkedHashMap<K, V> {

	private static final long serialVersionUID = 1L;

	private final int capacity;

	LeastRecentlyUsed(int capacity) {
		super(16, 0.75f, true);
		this.capacity = capacity;
	}

	@Override
	protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
		return size() > this.capacity;
	}

}
