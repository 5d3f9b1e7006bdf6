package io.waypost.database.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class DataDirectoryTests {

	@TempDir
	private Path parent;

	@Test
	void createsDirectoryThatOnlyItsOwnerMayEnter() throws Exception {
		Path path = this.parent.resolve("new/data");
		try (DataDirectory directory = DataDirectory.open(path)) {
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rwx------");
		}
	}

	@Test
	void keepsPermissionsOfAnExistingDirectory() throws Exception {
		Path path = Files.createDirectory(this.parent.resolve("existing"),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
		try (DataDirectory directory = DataDirectory.open(path)) {
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rwxr-x---");
		}
	}

}
