package io.waypost.policy;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Remembers answers by table version and input tuple, the least recently used first to
 * go. A new version has a new definition id, so nothing ever has to be thrown out by
 * hand.
 */
final class DecisionCache {

	private final Map<Key, DecisionResult> answers;

	DecisionCache(int size) {
		this.answers = new LinkedHashMap<>(64, 0.75f, true) {

			@Override
			protected boolean removeEldestEntry(Map.Entry<Key, DecisionResult> eldest) {
				return size() > size;
			}

		};
	}

	@Nullable DecisionResult find(Key question) {
		synchronized (this.answers) {
			return this.answers.get(question);
		}
	}

	void put(Key question, DecisionResult verdict) {
		synchronized (this.answers) {
			this.answers.put(question, verdict);
		}
	}

	int size() {
		synchronized (this.answers) {
			return this.answers.size();
		}
	}

	/**
	 * What was asked.
	 *
	 * @param definitionId which version of which table
	 * @param inputs input name to value
	 */
	record Key(String definitionId, Map<String, @Nullable Object> inputs) {

		Key {
			inputs = Collections.unmodifiableMap(new HashMap<>(inputs));
		}

	}

}
