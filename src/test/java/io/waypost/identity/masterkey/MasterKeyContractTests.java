package io.waypost.identity.masterkey;

import java.util.Arrays;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What every source of the master key does. */
abstract class MasterKeyContractTests {

	private final byte[] root = new byte[32];

	MasterKeyContractTests() {
		Arrays.fill(this.root, (byte) 0x5a);
	}

	abstract MasterKey masterKey();

	/** Another key of the same kind. */
	abstract MasterKey otherMasterKey();

	@Test
	void decryptsWhatItEncrypted() {
		byte[] wrapped = masterKey().wrap(1, this.root);
		assertThat(masterKey().unwrap(1, wrapped)).isEqualTo(this.root);
		assertThat(HexFormat.of().formatHex(wrapped)).doesNotContain(HexFormat.of().formatHex(this.root));
	}

	@Test
	void decryptsAsTheSameVersionOnly() {
		byte[] wrapped = masterKey().wrap(1, this.root);
		assertRefused(() -> masterKey().unwrap(2, wrapped));
	}

	@Test
	void refusesAChangedCiphertext() {
		byte[] wrapped = masterKey().wrap(1, this.root);
		wrapped[wrapped.length - 5] ^= 1;
		assertRefused(() -> masterKey().unwrap(1, wrapped));
	}

	@Test
	void refusesTheCiphertextOfAnotherKey() {
		byte[] wrapped = otherMasterKey().wrap(1, this.root);
		assertRefused(() -> masterKey().unwrap(1, wrapped));
	}

	@Test
	void identifiesItself() {
		assertThat(masterKey().id()).isEqualTo(masterKey().id()).isNotEqualTo(otherMasterKey().id());
		assertThat(masterKey()).hasToString(masterKey().id());
	}

	private void assertRefused(Runnable call) {
		assertThatExceptionOfType(MasterKeyException.class).isThrownBy(call::run)
			.satisfies((refused) -> assertThat(refused.getMessage()).isNotBlank().doesNotContain("WloWlp", "5a5a5a"))
			.satisfies((refused) -> assertThat(refused.action()).contains("waypost.identity"));
	}

}
