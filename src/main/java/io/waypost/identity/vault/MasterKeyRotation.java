package io.waypost.identity.vault;

import java.util.Map;

import io.waypost.access.AdminCommand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * {@code admin rotate-master-key}: encrypts the root keys with a new master key and the
 * data keys with a new root key. Data stays as it is, and what an older root key
 * encrypted stays readable. Waypost may be running.
 */
@Component
class MasterKeyRotation implements AdminCommand {

	private static final Logger log = LoggerFactory.getLogger(MasterKeyRotation.class);

	private final ObjectProvider<RootKeys> rootKeys;

	private final ObjectProvider<Keyring> keyring;

	private final ObjectProvider<DataKeyRepository> dataKeys;

	/** The other commands of the command line do not need the keys. */
	MasterKeyRotation(ObjectProvider<RootKeys> rootKeys, ObjectProvider<Keyring> keyring,
			ObjectProvider<DataKeyRepository> dataKeys) {
		this.rootKeys = rootKeys;
		this.keyring = keyring;
		this.dataKeys = dataKeys;
	}

	@Override
	public String name() {
		return "rotate-master-key";
	}

	@Override
	public String run(Map<String, String> options) {
		Keyring keys = this.keyring.getObject();
		keys.replace(this.rootKeys.getObject().rotate());
		int count = this.dataKeys.getObject().rewrapAll();
		log.info("Rotated the master key; {} data keys were encrypted again", count);
		return "Rotated the master key; %d data keys were encrypted again".formatted(count);
	}

}
