package io.waypost.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A file with a secret: mode 0600 in a directory with mode 0700, both from the moment
 * they exist. On file systems without POSIX permissions the defaults of the system apply.
 *
 * @param path path of the file
 */
public record SecretFile(Path path) {

	private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

	private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");

	/**
	 * Returns the file of a secret in the directory {@code keys} of the data directory.
	 * Earlier versions kept it in the data directory itself; it is moved.
	 * @param dataDirectory directory of Waypost's data
	 * @param name name of the file
	 * @return the file, which may not exist yet
	 */
	public static SecretFile in(Path dataDirectory, String name) {
		Path earlier = dataDirectory.resolve(name);
		SecretFile file = new SecretFile(dataDirectory.resolve("keys").resolve(name));
		try {
			if (Files.exists(earlier) && Files.notExists(file.path)) {
				file.createDirectory();
				Files.move(earlier, file.path, StandardCopyOption.ATOMIC_MOVE);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot move the secret file %s to %s".formatted(earlier, file.path), ex);
		}
		return file;
	}

	/**
	 * Reads the secret. Creates it when the file does not exist; if another process is
	 * faster, its secret counts.
	 * @param created makes a new secret
	 * @return the content
	 */
	public String readOrCreate(Supplier<String> created) {
		try {
			if (Files.notExists(this.path)) {
				createDirectory();
				write(this.path, created.get());
			}
		}
		catch (FileAlreadyExistsException faster) {
			// Read below
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot create the secret file " + this.path, ex);
		}
		restrict();
		return read();
	}

	/**
	 * Reads the secret.
	 * @return the content
	 */
	public String read() {
		try {
			return Files.readString(this.path, StandardCharsets.UTF_8).strip();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read the secret file " + this.path, ex);
		}
	}

	/**
	 * Writes another secret; readers see the old or the new content, never a part.
	 * @param secret the new content
	 */
	public void replace(String secret) {
		Path next = this.path.resolveSibling(this.path.getFileName() + ".new");
		try {
			createDirectory();
			Files.deleteIfExists(next);
			write(next, secret);
			Files.move(next, this.path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot write the secret file " + this.path, ex);
		}
	}

	/** Files of earlier versions and copies have the permissions of the umask. */
	private void restrict() {
		try {
			Path directory = parent(this.path);
			if (isPosix(directory)) {
				Files.setPosixFilePermissions(directory, DIRECTORY);
				Files.setPosixFilePermissions(this.path, FILE);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(
					"The secret file %s or its directory cannot be restricted to its owner; run: chmod 600 %s"
						.formatted(this.path, this.path),
					ex);
		}
	}

	private void createDirectory() throws IOException {
		Path directory = parent(this.path);
		if (Files.notExists(directory)) {
			Files.createDirectories(parent(directory));
			try {
				Files.createDirectory(directory, attributes(parent(directory), DIRECTORY));
			}
			catch (FileAlreadyExistsException created) {
				// By another process
				return;
			}
		}
	}

	private static void write(Path file, String secret) throws IOException {
		try (FileChannel channel = FileChannel.open(file,
				Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes(parent(file), FILE))) {
			channel.write(ByteBuffer.wrap(secret.getBytes(StandardCharsets.UTF_8)));
			// Data cannot be read without the secret: it must be on disk before it is
			// used
			channel.force(true);
		}
	}

	private static FileAttribute<?>[] attributes(Path existing, Set<PosixFilePermission> permissions)
			throws IOException {
		return isPosix(existing) ? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(permissions) }
				: new FileAttribute<?>[0];
	}

	private static Path parent(Path path) {
		return Objects.requireNonNull(path.toAbsolutePath().getParent(), "directory of the secret file");
	}

	private static boolean isPosix(Path existing) throws IOException {
		return Files.getFileStore(existing).supportsFileAttributeView("posix");
	}

}
