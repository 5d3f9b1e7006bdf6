package io.waypost.identity.vault;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

import javax.crypto.SecretKey;

import io.waypost.identity.Identifier;
import io.waypost.identity.masterkey.MasterKeyException;
import io.waypost.identity.masterkey.MasterKeys;
import io.waypost.identity.masterkey.TestMasterKeys;
import io.waypost.kernel.TenantId;
import io.waypost.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Everything encrypted stays readable when the master key changes. */
class RootKeysIntegrationTests {

	private static final byte[] LABEL = "row".getBytes(StandardCharsets.UTF_8);

	private static final byte[] CLEAR = "clear text".getBytes(StandardCharsets.UTF_8);

	private final RandomGenerator random = RandomGenerator.getDefault();

	private final TenantId tenant = TestDatabase.newTenant();

	private final JdbcClient jdbc = Database.ROOT_KEYS.client();

	@TempDir
	private Path directory;

	@BeforeEach
	void deleteKeys() {
		this.jdbc.sql("truncate identity.root_key, identity.vault_key").update();
	}

	@Test
	void keepsTheRootKeyOfTheFirstStart() {
		byte[] sealed = seal(keyring(file()));
		assertThat(open(keyring(file()), sealed)).isEqualTo(CLEAR);
		assertThat(masterKeyIds()).containsExactly(file().current().id());
	}

	@Test
	void rotatesTheFileWhileAnotherProcessRuns() {
		Keyring running = keyring(file());
		byte[] before = seal(running);
		UUID index = running.index(this.tenant, Identifier.Type.USER_ID, "u1");
		String earlier = file().current().id();

		RootKeys rotating = rootKeys(file());
		Keyring rotated = new Keyring(rotating::load);
		rotated.replace(rotating.rotate());
		byte[] after = seal(rotated);

		assertThat(file().current().id()).isNotEqualTo(earlier);
		assertThat(masterKeyIds()).containsOnly(file().current().id()).hasSize(2);
		for (Keyring keys : List.of(rotated, keyring(file()))) {
			assertThat(open(keys, before)).isEqualTo(CLEAR);
			assertThat(open(keys, after)).isEqualTo(CLEAR);
			assertThat(keys.index(this.tenant, Identifier.Type.USER_ID, "u1")).isEqualTo(index);
		}
		assertThat(open(running, after)).isEqualTo(CLEAR);
	}

	@Test
	void wrapsDataKeysWithTheNewRootKeyAndKeepsThem() {
		RootKeys rootKeys = rootKeys(file());
		Keyring keyring = new Keyring(rootKeys::load);
		DataKeyRepository dataKeys = new DataKeyRepository(this.jdbc, keyring, this.random);
		Map<UUID, SecretKey> keys = dataKeys.findOrCreate(this.tenant, List.of(profile(), profile(), profile()));
		List<byte[]> wrapped = wrapped();
		keyring.replace(rootKeys.rotate());
		assertThat(dataKeys.rewrapAll()).isEqualTo(3);
		assertThat(dataKeys.rewrapAll()).isZero();
		assertThat(wrapped()).doesNotContainAnyElementsOf(wrapped);
		DataKeyRepository restarted = new DataKeyRepository(this.jdbc, keyring(file()), this.random);
		assertThat(restarted.find(this.tenant, keys.keySet())).isEqualTo(keys);
	}

	@Test
	void survivesAnInterruptedRotation() {
		byte[] sealed = seal(keyring(file()));
		String earlier = file().current().id();
		RootKeys killed = rootKeys(TestMasterKeys.interrupted(file()));
		assertThatThrownBy(killed::rotate).hasMessage("killed");
		assertThat(file().current().id()).isEqualTo(earlier);
		assertThat(open(keyring(file()), sealed)).isEqualTo(CLEAR);
		assertThat(masterKeyIds()).containsOnly(file().current().id());
		assertThat(file().current().id()).isNotEqualTo(earlier);
	}

	@Test
	void changesTheKeyOfTheSettingWithTheOldOneRetired() {
		String old = TestMasterKeys.newKey();
		String next = TestMasterKeys.newKey();
		byte[] sealed = seal(keyring(TestMasterKeys.create(this.directory, old)));
		MasterKeys changed = TestMasterKeys.create(this.directory, next);
		assertThatExceptionOfType(MasterKeyException.class).isThrownBy(() -> keyring(changed))
			.withMessageContaining("waypost.identity.retired-master-keys")
			.withMessageContaining(changed.current().id());
		assertThat(open(keyring(TestMasterKeys.create(this.directory, next, old)), sealed)).isEqualTo(CLEAR);
		assertThat(open(keyring(changed), sealed)).as("the old key is needed once").isEqualTo(CLEAR);
	}

	/** Earlier versions derived all keys from the master key itself. */
	@Test
	void readsADatabaseOfAnEarlierVersion() {
		String master = TestMasterKeys.newKey();
		byte[] sealed = seal(new Keyring(Base64.getDecoder().decode(master)));
		this.jdbc.sql("insert into identity.root_key values (1, '', 'derived', now())").update();
		assertThat(open(keyring(TestMasterKeys.create(this.directory, master)), sealed)).isEqualTo(CLEAR);
		String next = TestMasterKeys.newKey();
		assertThat(open(keyring(TestMasterKeys.create(this.directory, next, master)), sealed)).isEqualTo(CLEAR);
	}

	@Test
	void readsWhatAKeyOfTheSettingEncryptedBeforeThereWereRootKeys() {
		String master = TestMasterKeys.newKey();
		byte[] sealed = seal(new Keyring(Base64.getDecoder().decode(master)));
		assertThat(open(keyring(TestMasterKeys.create(this.directory, master)), sealed)).isEqualTo(CLEAR);
	}

	private UUID profile() {
		UUID id = UUID.randomUUID();
		this.jdbc.sql("insert into identity.profile (tenant_id, id, identified, created_at) values (?, ?, true, now())")
			.params(this.tenant.value(), id)
			.update();
		return id;
	}

	private List<byte[]> wrapped() {
		return this.jdbc.sql("select wrapped from identity.vault_key").query((row, number) -> row.getBytes(1)).list();
	}

	private List<String> masterKeyIds() {
		return this.jdbc.sql("select master_key from identity.root_key").query(String.class).list();
	}

	private MasterKeys file() {
		return TestMasterKeys.create(this.directory, null);
	}

	private Keyring keyring(MasterKeys masterKeys) {
		return new Keyring(rootKeys(masterKeys)::load);
	}

	private RootKeys rootKeys(MasterKeys masterKeys) {
		return new RootKeys(this.jdbc, Database.ROOT_KEYS.transactions(), masterKeys, this.random, Clock.systemUTC());
	}

	private byte[] seal(Keyring keyring) {
		return keyring.seal(KeyPurpose.UNASSIGNED_DATA, this.tenant, LABEL, CLEAR, this.random);
	}

	private byte[] open(Keyring keyring, byte[] sealed) {
		return keyring.open(KeyPurpose.UNASSIGNED_DATA, this.tenant, LABEL, sealed);
	}

	private static final class Database {

		private static final TestDatabase ROOT_KEYS = TestDatabase.separate("root_keys");

	}

}
