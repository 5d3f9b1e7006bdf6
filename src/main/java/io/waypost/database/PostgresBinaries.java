package io.waypost.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

import org.springframework.util.DigestUtils;
import org.springframework.util.FileSystemUtils;

/** The programs of PostgreSQL for this machine, unpacked from the class path. */
final class PostgresBinaries {

	private static final Logger log = LoggerFactory.getLogger(PostgresBinaries.class);

	private static final int OWNER_MAY_EXECUTE = 0100;

	private PostgresBinaries() {
	}

	/**
	 * Unpacks the programs unless that very archive was unpacked before.
	 * @param parent directory for unpacked archives
	 * @return the directory that holds {@code bin}
	 */
	static Path unpack(Path parent) throws IOException {
		String archive = archive(System.getProperty("os.name"), System.getProperty("os.arch"));
		Path home = parent.resolve("postgresql-" + fingerprint(archive));
		if (!Files.isDirectory(home)) {
			log.info("Unpacking PostgreSQL (only once)");
			Path unfinished = parent.resolve("unpacking");
			FileSystemUtils.deleteRecursively(unfinished);
			extract(archive, Files.createDirectories(unfinished));
			Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
		}
		return home;
	}

	/** The archive on the class path that runs on a machine of this kind. */
	static String archive(String os, String architecture) {
		String system = os.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : os.toLowerCase(Locale.ROOT);
		String processor = architecture.equals("aarch64") ? "arm_64" : "x86_64";
		// The macOS build holds the code of both processors, so one archive serves both
		return List.of(processor, "x86_64")
			.stream()
			.map((candidate) -> "/postgres-%s-%s.txz".formatted(system, candidate))
			.filter((candidate) -> PostgresBinaries.class.getResource(candidate) != null)
			.filter((candidate) -> system.equals("darwin") || candidate.contains(processor))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException(
					"No PostgreSQL for %s on %s comes with Waypost: set spring.datasource.url to a server of your own"
						.formatted(os, architecture)));
	}

	private static String fingerprint(String archive) throws IOException {
		try (InputStream input = open(archive)) {
			return DigestUtils.md5DigestAsHex(input).substring(0, 12);
		}
	}

	private static void extract(String archive, Path target) throws IOException {
		try (InputStream raw = open(archive);
				TarArchiveInputStream tar = new TarArchiveInputStream(
						new XZInputStream(new BufferedInputStream(raw)))) {
			for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
				extract(entry, tar, target);
			}
		}
	}

	private static void extract(TarArchiveEntry entry, InputStream content, Path target) throws IOException {
		Path file = target.resolve(entry.getName()).normalize();
		if (!file.startsWith(target)) {
			throw new IOException("Entry leaves the archive: " + entry.getName());
		}
		if (entry.isDirectory()) {
			Files.createDirectories(file);
			return;
		}
		Files.createDirectories(file.getParent());
		if (entry.isSymbolicLink()) {
			Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
			return;
		}
		Files.copy(content, file);
		boolean program = (entry.getMode() & OWNER_MAY_EXECUTE) != 0;
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
	}

	private static InputStream open(String archive) {
		InputStream input = PostgresBinaries.class.getResourceAsStream(archive);
		if (input == null) {
			throw new IllegalStateException(archive + " is not on the class path");
		}
		return input;
	}

}
