package io.waypost.identity.masterkey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

import io.waypost.access.SecretFile;

/**
 * A master key in a file. It is read for each use, so that a running process sees the key
 * of a rotation. A rotation writes the new key to a second file first: after a crash one
 * of the two decrypts the root keys.
 */
final class FileMasterKeys implements MasterKeys {

	private final SecretFile file;

	private final SecretFile next;

	private final boolean created;

	private final boolean existed;

	private final List<LocalMasterKey> retired;

	private final RandomGenerator random;

	/**
	 * Creates the source.
	 * @param file the key file
	 * @param created whether a missing file is created
	 * @param retired earlier keys
	 * @param random source of keys and nonces
	 */
	FileMasterKeys(SecretFile file, boolean created, List<LocalMasterKey> retired, RandomGenerator random) {
		this.file = file;
		this.next = new SecretFile(file.path().resolveSibling(file.path().getFileName() + ".next"));
		this.created = created;
		this.existed = Files.exists(file.path());
		this.retired = retired;
		this.random = random;
	}

	@Override
	public MasterKey current() {
		if (!this.created && Files.notExists(this.file.path())) {
			throw new MasterKeyException(("The master key file %s does not exist; copy it there, or create a key for a "
					+ "new installation with: (umask 077; openssl rand -base64 32 > %s)")
				.formatted(this.file.path(), this.file.path()));
		}
		String text = this.created ? this.file.readOrCreate(() -> LocalMasterKey.generate(this.random))
				: this.file.read();
		return parse(text, this.file);
	}

	@Override
	public List<LocalMasterKey> retired() {
		List<LocalMasterKey> retired = new ArrayList<>(this.retired);
		if (Files.exists(this.next.path())) {
			retired.add(parse(this.next.read(), this.next));
		}
		return retired;
	}

	@Override
	public Optional<LocalMasterKey> earlier() {
		return this.existed ? MasterKeys.super.earlier() : this.retired.stream().findFirst();
	}

	@Override
	public MasterKey next() {
		this.next.replace(LocalMasterKey.generate(this.random));
		return parse(this.next.read(), this.next);
	}

	@Override
	public void activate(String id) {
		if (Files.exists(this.next.path()) && parse(this.next.read(), this.next).id().equals(id)) {
			activateNext();
		}
	}

	@Override
	public void activateNext() {
		try {
			Files.move(this.next.path(), this.file.path(), StandardCopyOption.ATOMIC_MOVE,
					StandardCopyOption.REPLACE_EXISTING);
		}
		catch (NoSuchFileException activated) {
			// By another process
			return;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot replace the master key file " + this.file.path(), ex);
		}
	}

	private LocalMasterKey parse(String text, SecretFile origin) {
		Path path = origin.path();
		return LocalMasterKey.parse(text, path.toString(), this.random);
	}

}
