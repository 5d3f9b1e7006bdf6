package io.waypost.delivery.tracking;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.random.RandomGenerator;

import io.waypost.access.InvalidRequestException;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import io.waypost.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Links in earlier messages work after each rotation. */
class LinkKeyRotationTests {

	private final RandomGenerator random = RandomGenerator.getDefault();

	private final LinkTarget target = new LinkTarget(new TenantId("shop"),
			SendId.of("01890000-0000-7000-8000-000000000001"), 0);

	@TempDir
	private Path directory;

	@Test
	void keepsLinksOfRetiredKeysAndSignsWithTheNewOne() {
		String first = token(restarted());
		rotate("");
		String second = token(restarted());
		rotate("");
		String third = token(restarted());
		assertThat(
				java.util.stream.Stream.of(first, second, third).map((token) -> token.split("\\.", -1)[0]).distinct())
			.hasSize(3);
		for (String token : new String[] { first, second, third }) {
			assertThat(restarted().verify(TrackingLinks.Purpose.CLICK, token)).contains(this.target);
		}
	}

	@Test
	void leavesAKeyOfTheSettingToTheSetting() {
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> rotate("a key"))
			.satisfies((refused) -> assertThat(refused.getBody().getDetail())
				.contains("waypost.delivery.retired-link-keys")
				.doesNotContain("a key "));
		assertThat(this.directory).isEmptyDirectory();
	}

	private void rotate(String setting) {
		new LinkKeyRotation(setting, this.directory, this.random, Clock.systemUTC()).run(Map.of());
	}

	private TrackingLinks restarted() {
		return new TrackingLinks(
				new LinkSigningKeys("https://mail.example.com", new LinkKeyFile(this.directory, this.random)::read),
				TestDatabase.migrated().client());
	}

	private String token(TrackingLinks links) {
		String url = links.createUrl(TrackingLinks.Purpose.CLICK, this.target);
		return url.substring(url.lastIndexOf('/') + 1);
	}

}
