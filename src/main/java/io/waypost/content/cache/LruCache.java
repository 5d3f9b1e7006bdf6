package io.waypost.content.cache;

import java.util.LinkedHashMap;
import java.util.Map;

/** A small cache that forgets what was not asked for longest. Callers synchronise. */
public final class LruCache<K, V> extends LinkedHashMap<K, V> {

	private static final long serialVersionUID = 1L;

	private final int capacity;

	public LruCache(int capacity) {
		super(16, 0.75f, true);
		this.capacity = capacity;
	}

	@Override
	protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
		return size() > this.capacity;
	}

}
