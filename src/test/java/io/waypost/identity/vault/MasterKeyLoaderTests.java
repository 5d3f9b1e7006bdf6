package io.waypost.identity.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** The master key comes from the setting or from a file. */
class MasterKeyLoaderTests {

	private final RandomGenerator random = RandomGenerator.getDefault();

	@TempDir
	private Path directory;

	@Test
	void createsAFileThatOnlyItsOwnerCanReadAndReusesIt() throws IOException {
		Path file = this.directory.resolve("data/master.key");
		byte[] key = MasterKeyLoader.load(null, file, this.random);
		assertThat(key).hasSize(32);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		assertThat(MasterKeyLoader.load(null, file, this.random)).isEqualTo(key);
	}

	@Test
	void prefersTheSetting() {
		byte[] key = new byte[32];
		key[0] = 9;
		Path file = this.directory.resolve("master.key");
		assertThat(MasterKeyLoader.load(Base64.getEncoder().encodeToString(key), file, this.random)).isEqualTo(key);
		assertThat(file).doesNotExist();
	}

	@Test
	void explainsHowToCreateAKeyWhenTheSettingIsInvalid() {
		assertThatIllegalStateException()
			.isThrownBy(() -> MasterKeyLoader.load("c2hvcnQ=", this.directory.resolve("k"), this.random))
			.withMessageContaining("openssl rand -base64 32");
	}

}
