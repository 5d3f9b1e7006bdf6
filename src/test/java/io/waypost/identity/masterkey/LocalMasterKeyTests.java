package io.waypost.identity.masterkey;

import java.util.random.RandomGenerator;

/** A key in memory keeps the contract. */
class LocalMasterKeyTests extends MasterKeyContractTests {

	private final RandomGenerator random = RandomGenerator.getDefault();

	@Override
	MasterKey masterKey() {
		return key(1);
	}

	@Override
	MasterKey otherMasterKey() {
		return key(2);
	}

	private MasterKey key(int first) {
		byte[] key = new byte[32];
		key[0] = (byte) first;
		return new LocalMasterKey(key, this.random);
	}

}
