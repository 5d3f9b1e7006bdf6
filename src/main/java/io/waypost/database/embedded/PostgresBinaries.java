package io.waypost.database.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

import org.springframework.util.DigestUtils;
import org.springframework.util.FileSystemUtils;

/** Unpacks the PostgreSQL binaries of this platform from the class path. */
final class PostgresBinaries {

	private static final Logger log = LoggerFactory.getLogger(PostgresBinaries.class);

	private PostgresBinaries() {
	}

	/**
	 * Unpacks the binaries unless the same archive is unpacked already.
	 * @param parent directory of unpacked archives
	 * @return the directory that contains {@code bin}
	 */
	static Path unpack(Path parent) throws IOException {
		String archive = archive(System.getProperty("os.name"), System.getProperty("os.arch"));
		Path home = parent.resolve("postgresql-" + fingerprint(archive));
		if (!Files.isDirectory(home)) {
			log.info("Unpacking PostgreSQL (first start only)");
			Path unfinished = parent.resolve("unpacking");
			FileSystemUtils.deleteRecursively(unfinished);
			extract(archive, Files.createDirectories(unfinished));
			Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
		}
		return home;
	}

	/** Returns the archive on the class path that runs on a platform. */
	static String archive(String os, String architecture) {
		return candidates(os, architecture).stream()
			.filter((candidate) -> PostgresBinaries.class.getResource(candidate) != null)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException(
					("This build of Waypost has no PostgreSQL for %s on %s: build it with -Pall-platforms, "
							+ "or set spring.datasource.url to a server of your own")
						.formatted(os, architecture)));
	}

	/** Names of archives that run on a machine of this kind, the best first. */
	static List<String> candidates(String os, String architecture) {
		String system = os.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : os.toLowerCase(Locale.ROOT);
		String processor = architecture.equals("aarch64") ? "arm_64" : "x86_64";
		// The macOS build holds the code of both processors, so one archive serves both
		Stream<String> processors = system.equals("darwin") ? Stream.of("arm_64", "x86_64") : Stream.of(processor);
		return processors.map((candidate) -> "/postgres-%s-%s.txz".formatted(system, candidate)).toList();
	}

	private static String fingerprint(String archive) throws IOException {
		try (InputStream input = open(archive)) {
			return DigestUtils.md5DigestAsHex(input).substring(0, 12);
		}
	}

	private static void extract(String archive, Path target) throws IOException {
		try (InputStream raw = open(archive); InputStream unpacked = new XZInputStream(new BufferedInputStream(raw))) {
			TarReader tar = new TarReader(unpacked);
			for (TarReader.TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
				extract(entry, tar, target);
			}
		}
	}

	private static void extract(TarReader.TarEntry entry, TarReader tar, Path target) throws IOException {
		Path file = target.resolve(entry.name()).normalize();
		if (!file.startsWith(target)) {
			throw new IOException("Archive entry is outside the target directory: " + entry.name());
		}
		Files.createDirectories((entry.kind() == TarReader.Kind.DIRECTORY) ? file : file.getParent());
		switch (entry.kind()) {
			case FILE -> {
				Files.copy(tar.content(), file);
				String permissions = entry.executable() ? "rwxr-xr-x" : "rw-r--r--";
				Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
			}
			case LINK -> Files.createSymbolicLink(file, Path.of(entry.target()));
			case DIRECTORY -> {
			}
		}
	}

	private static InputStream open(String archive) {
		InputStream input = PostgresBinaries.class.getResourceAsStream(archive);
		if (input == null) {
			throw new IllegalStateException(archive + " is not on the class path");
		}
		return input;
	}

}
