package io.waypost.identity.masterkey;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The current master key, and those that may have encrypted root keys before. */
public interface MasterKeys {

	/** Returns the key that encrypts root keys. */
	MasterKey current();

	/** Returns earlier keys, which still decrypt root keys. */
	List<LocalMasterKey> retired();

	/**
	 * Returns the key that may have encrypted data before there were root keys.
	 * @return empty when the key is new or a service has it
	 */
	default Optional<LocalMasterKey> earlier() {
		return all().stream().filter(LocalMasterKey.class::isInstance).map(LocalMasterKey.class::cast).findFirst();
	}

	/**
	 * Returns the key that the next rotation encrypts with. A key file gets a new key;
	 * the other sources have changed their key before, or change it on their side.
	 */
	default MasterKey next() {
		return current();
	}

	/** Ends a rotation: all root keys are encrypted with {@link #next()}. */
	default void activateNext() {
	}

	/**
	 * Ends an interrupted rotation if the key belongs to it.
	 * @param id id of a master key that decrypted a root key
	 */
	default void activate(String id) {
	}

	/** Returns the current key and all retired ones. */
	default List<MasterKey> all() {
		List<MasterKey> all = new ArrayList<>();
		all.add(current());
		all.addAll(retired());
		return all;
	}

}
