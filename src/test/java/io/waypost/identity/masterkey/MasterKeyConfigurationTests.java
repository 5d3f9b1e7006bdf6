package io.waypost.identity.masterkey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The source of the master key is a setting, a file, AWS KMS or Vault. */
class MasterKeyConfigurationTests {

	private final RandomGenerator random = RandomGenerator.getDefault();

	private final String key = LocalMasterKey.generate(this.random);

	@TempDir
	private Path directory;

	@Test
	void createsAFileInTheDataDirectoryAndReusesIt() {
		String id = create(null, null, null, null).current().id();
		assertThat(create(null, null, null, null).current().id()).isEqualTo(id);
		assertThat(this.directory.resolve("keys/master.key")).isRegularFile();
	}

	@Test
	void prefersTheSettingAndWritesNoFile() {
		MasterKeys keys = create(this.key, null, null, null);
		assertThat(keys.current().id()).startsWith("local:");
		assertThat(keys.current()).asString().doesNotContain(this.key);
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void readsAFileOutsideTheDataDirectory() throws IOException {
		Path file = Files.writeString(this.directory.resolve("elsewhere.key"), this.key + "\n");
		assertThat(create(null, file, null, null).current().id())
			.isEqualTo(create(this.key, null, null, null).current().id());
		assertThat(this.directory.resolve("keys")).doesNotExist();
	}

	@Test
	void doesNotCreateAMissingFileOutsideTheDataDirectory() {
		Path missing = this.directory.resolve("missing.key");
		assertThatExceptionOfType(MasterKeyException.class)
			.isThrownBy(() -> create(null, missing, null, null).current())
			.withMessageContaining(missing.toString())
			.withMessageContaining("openssl rand -base64 32");
		assertThat(missing).doesNotExist();
	}

	@Test
	void selectsTheKeyManagementService() {
		assertThat(create(null, null, new AwsKmsSettings("alias/waypost", "eu-central-1", null), null).current().id())
			.isEqualTo("aws-kms:alias/waypost");
		assertThat(create(null, null, null, vault()).current().id()).isEqualTo("vault-transit:transit/waypost");
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void refusesTwoSources() {
		assertThatExceptionOfType(MasterKeyException.class).isThrownBy(() -> create(this.key, null, null, vault()))
			.withMessageContaining("waypost.identity.master-key, waypost.identity.vault-transit");
	}

	@Test
	void explainsHowToCreateAKeyWhenTheSettingIsInvalid() {
		for (String invalid : List.of("c2hvcnQ=", "not base64!")) {
			assertThatExceptionOfType(MasterKeyException.class).isThrownBy(() -> create(invalid, null, null, null))
				.withMessageContaining("openssl rand -base64 32")
				.withMessageNotContaining(invalid);
		}
	}

	private MasterKeys create(@Nullable String key, @Nullable Path file, @Nullable AwsKmsSettings kms,
			@Nullable VaultTransitSettings vault) {
		return MasterKeyConfiguration.create(new MasterKeySettings(key, file, kms, vault, List.of()), this.directory,
				this.random, Clock.systemUTC());
	}

	private static VaultTransitSettings vault() {
		return new VaultTransitSettings("https://vault.example.com", "waypost", "transit", null, "t", null);
	}

}
