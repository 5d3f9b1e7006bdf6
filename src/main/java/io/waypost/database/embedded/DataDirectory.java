package io.waypost.database.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

import org.jspecify.annotations.Nullable;

/**
 * A data directory that is locked by this process. The operating system releases the lock
 * when the process ends, also after a crash.
 */
final class DataDirectory implements AutoCloseable {

	private final Path path;

	private final FileChannel channel;

	private DataDirectory(Path path, FileChannel channel) {
		this.path = path;
		this.channel = channel;
	}

	/**
	 * Creates the directory if it is missing and locks it.
	 * @throws DataDirectoryInUseException when another process has locked it
	 */
	static DataDirectory open(Path path) {
		try {
			create(path.toAbsolutePath());
			FileChannel channel = FileChannel.open(path.resolve("waypost.lock"), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE);
			if (tryLock(channel) == null) {
				channel.close();
				throw new DataDirectoryInUseException(path);
			}
			return new DataDirectory(path.toRealPath(), channel);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not use data directory " + path, ex);
		}
	}

	/**
	 * The directory holds keys, so only its owner may enter it. An existing directory
	 * stays as it is.
	 */
	private static void create(Path path) throws IOException {
		if (Files.notExists(path)) {
			Files.createDirectories(path.getParent());
			Files.createDirectory(path,
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		}
	}

	private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
		try {
			return channel.tryLock();
		}
		catch (OverlappingFileLockException ex) {
			// Locked by another application context of this process
			return null;
		}
	}

	Path resolve(String name) {
		return this.path.resolve(name);
	}

	@Override
	public void close() {
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
