package io.waypost.database.embedded;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class PostgresBinariesTests {

	@ParameterizedTest
	@CsvSource({ "Linux, amd64, /postgres-linux-x86_64.txz", "Linux, aarch64, /postgres-linux-arm_64.txz",
			"Mac OS X, aarch64, /postgres-darwin-arm_64.txz", "Mac OS X, x86_64, /postgres-darwin-arm_64.txz" })
	void knowsTheArchiveFor(String os, String architecture, String archive) {
		assertThat(PostgresBinaries.candidates(os, architecture)).startsWith(archive);
	}

	@Test
	void comesWithServerForTheMachineThatBuilds() {
		String archive = PostgresBinaries.archive(System.getProperty("os.name"), System.getProperty("os.arch"));
		assertThat(PostgresBinaries.class.getResource(archive)).isNotNull();
	}

	@Test
	void suggestsAnExternalServerOnOtherPlatforms() {
		assertThatIllegalStateException().isThrownBy(() -> PostgresBinaries.archive("Windows 11", "amd64"))
			.withMessageContainingAll("-Pall-platforms", "spring.datasource.url");
	}

}
