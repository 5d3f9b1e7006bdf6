package io.waypost.identity.vault;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

import io.waypost.database.SqlTime;
import io.waypost.database.TenantScope;
import io.waypost.identity.masterkey.LocalMasterKey;
import io.waypost.identity.masterkey.MasterKey;
import io.waypost.identity.masterkey.MasterKeyException;
import io.waypost.identity.masterkey.MasterKeys;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The root keys in the database, encrypted (wrapped) by the master key. A start with
 * another master key wraps them again, if the earlier key is listed as retired.
 */
@Component
class RootKeys {

	/** In the column {@code master_key}: the root key is the master key itself. */
	private static final String DERIVED = "derived";

	private static final int BYTES = 32;

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final MasterKeys masterKeys;

	private final RandomGenerator random;

	private final Clock clock;

	/** Decrypted keys by version; a root key never changes, only its wrapping. */
	private final Map<Integer, byte[]> known = new TreeMap<>();

	RootKeys(JdbcClient jdbc, TransactionTemplate transactions, MasterKeys masterKeys, RandomGenerator random,
			Clock clock) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.masterKeys = masterKeys;
		this.random = random;
		this.clock = clock;
	}

	/**
	 * Returns all root keys, oldest first, and creates the first one.
	 * @return keys of 32 bytes
	 * @throws MasterKeyException when one was encrypted by a key that is not configured
	 */
	synchronized List<byte[]> load() {
		return TenantScope.all(this::loadAll);
	}

	private List<byte[]> loadAll() {
		if (rows().isEmpty()) {
			byte[] first = this.masterKeys.earlier().map(LocalMasterKey::bytes).orElseGet(this::random);
			insert(1, first, this.masterKeys.current());
		}
		for (Row row : rows()) {
			if (!this.known.containsKey(row.version())) {
				this.known.put(row.version(), unwrap(row));
			}
		}
		return List.copyOf(this.known.values());
	}

	/**
	 * Wraps all root keys with the next master key and adds a new one.
	 * @return all root keys, oldest first
	 */
	synchronized List<byte[]> rotate() {
		return TenantScope.all(this::rotateAll);
	}

	private List<byte[]> rotateAll() {
		load();
		MasterKey next = this.masterKeys.next();
		this.transactions.executeWithoutResult((status) -> {
			this.jdbc.sql("lock table identity.root_key in exclusive mode").update();
			load();
			this.known.forEach((version, root) -> update(version, root, next));
			int version = this.known.size() + 1;
			insert(version, random(), next);
		});
		this.masterKeys.activateNext();
		return load();
	}

	private byte[] unwrap(Row row) {
		if (row.masterKey().equals(DERIVED)) {
			byte[] root = derived().bytes();
			update(row.version(), root, this.masterKeys.current());
			return root;
		}
		MasterKey current = this.masterKeys.current();
		if (current.id().equals(row.masterKey())) {
			return current.unwrap(row.version(), row.wrapped());
		}
		byte[] root = retired(row).unwrap(row.version(), row.wrapped());
		// A rotation was interrupted after its transaction: the file follows the database
		this.masterKeys.activate(row.masterKey());
		update(row.version(), root, this.masterKeys.current());
		return root;
	}

	private LocalMasterKey retired(Row row) {
		return this.masterKeys.retired()
			.stream()
			.filter((key) -> key.id().equals(row.masterKey()))
			.findFirst()
			.orElseThrow(() -> new MasterKeyException(
					("Root key %d in identity.root_key is encrypted by the master key %s, but the configured one is %s. "
							+ "Configure the earlier key, or list it under waypost.identity.retired-master-keys")
						.formatted(row.version(), row.masterKey(), this.masterKeys.current().id())));
	}

	private LocalMasterKey derived() {
		return this.masterKeys.earlier()
			.orElseThrow(() -> new MasterKeyException("This database was encrypted with a master key of a setting or "
					+ "a file. List that key under waypost.identity.retired-master-keys for one start"));
	}

	private byte[] random() {
		byte[] root = new byte[BYTES];
		this.random.nextBytes(root);
		return root;
	}

	private void insert(int version, byte[] root, MasterKey master) {
		this.jdbc.sql("""
				insert into identity.root_key (version, wrapped, master_key, created_at) values (?, ?, ?, ?)
				on conflict do nothing
				""")
			.params(version, master.wrap(version, root), master.id(), SqlTime.of(this.clock.instant()))
			.update();
	}

	private void update(int version, byte[] root, MasterKey master) {
		this.jdbc.sql("update identity.root_key set wrapped = ?, master_key = ? where version = ?")
			.params(master.wrap(version, root), master.id(), version)
			.update();
	}

	private List<Row> rows() {
		return new ArrayList<>(
				this.jdbc.sql("select version, wrapped, master_key from identity.root_key order by version")
					.query(RootKeys::row)
					.list());
	}

	private static Row row(ResultSet row, int number) throws SQLException {
		return new Row(row.getInt(1), row.getBytes(2), row.getString(3));
	}

	@SuppressWarnings("ArrayRecordComponent")
	private record Row(int version, byte[] wrapped, String masterKey) {
	}

}
