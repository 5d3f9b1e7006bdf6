package io.waypost.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Only the owner can read files with secrets. */
class SecretFileTests {

	@TempDir
	private Path directory;

	@Test
	void createsAFileOf0600InADirectoryOf0700AndReadsItAgain() throws IOException {
		SecretFile file = SecretFile.in(this.directory.resolve("data"), "master.key");
		assertThat(file.readOrCreate(() -> "secret")).isEqualTo("secret");
		assertThat(file.readOrCreate(() -> "other")).isEqualTo("secret");
		assertThat(mode(file.path())).isEqualTo("rw-------");
		assertThat(mode(file.path().getParent())).isEqualTo("rwx------");
	}

	@Test
	void restrictsAFileThatOthersCouldRead() throws IOException {
		Path path = Files.writeString(Files.createDirectory(this.directory.resolve("keys")).resolve("link.key"), "old");
		Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
		Files.setPosixFilePermissions(path.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
		assertThat(SecretFile.in(this.directory, "link.key").readOrCreate(() -> "new")).isEqualTo("old");
		assertThat(mode(path)).isEqualTo("rw-------");
		assertThat(mode(path.getParent())).isEqualTo("rwx------");
	}

	@Test
	void movesTheFileOfAnEarlierVersion() throws IOException {
		Path earlier = Files.writeString(this.directory.resolve("master.key"), "old");
		assertThat(SecretFile.in(this.directory, "master.key").readOrCreate(() -> "new")).isEqualTo("old");
		assertThat(earlier).doesNotExist();
	}

	@Test
	void replacesWithTheSameMode() throws IOException {
		SecretFile file = SecretFile.in(this.directory, "link.key");
		file.readOrCreate(() -> "old");
		file.replace("new");
		assertThat(file.read()).isEqualTo("new");
		assertThat(mode(file.path())).isEqualTo("rw-------");
		try (var files = Files.list(file.path().getParent())) {
			assertThat(files).hasSize(1);
		}
	}

	private static String mode(Path path) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
	}

}
