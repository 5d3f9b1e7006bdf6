package io.waypost.identity.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Set;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * Loads the master key from the setting, or from a file that only its owner can read;
 * creates the file on the first start.
 */
public final class MasterKeyLoader {

	private static final int BYTES = 32;

	private MasterKeyLoader() {
	}

	public static byte[] load(@Nullable String setting, Path file, RandomGenerator random) {
		if (setting != null && !setting.isBlank()) {
			return decode(setting, "waypost.identity.master-key");
		}
		try {
			if (Files.notExists(file)) {
				create(file, random);
			}
			return decode(Files.readString(file), file.toString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read or create the master key file " + file, ex);
		}
	}

	private static void create(Path file, RandomGenerator random) throws IOException {
		byte[] key = new byte[BYTES];
		random.nextBytes(key);
		Files.createDirectories(file.toAbsolutePath().getParent());
		try (FileChannel channel = FileChannel.open(file,
				Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
			channel.write(ByteBuffer.wrap(Base64.getEncoder().encode(key)));
			// Data cannot be read without the key: it must be on disk before it is used
			channel.force(true);
		}
		catch (FileAlreadyExistsException created) {
			// Another process created it first; its key is used
			return;
		}
	}

	private static byte[] decode(String text, String origin) {
		byte[] key;
		try {
			key = Base64.getDecoder().decode(text.strip().getBytes(StandardCharsets.US_ASCII));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalStateException("The master key in %s is not base64".formatted(origin), ex);
		}
		if (key.length != BYTES) {
			throw new IllegalStateException("The master key in %s has %d bytes, but %d are needed; create one with: "
				.formatted(origin, key.length, BYTES) + "openssl rand -base64 32");
		}
		return key;
	}

}
