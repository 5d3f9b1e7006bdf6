package io.waypost.identity;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.waypost.identity.ProfilesMerged.Merge;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The survivors of merges. */
class ProfilesMergedTests {

	private final ProfileId ada = new ProfileId(UUID.randomUUID());

	private final ProfileId bob = new ProfileId(UUID.randomUUID());

	private final ProfileId eve = new ProfileId(UUID.randomUUID());

	@Test
	void resolvesChainsOfMerges() {
		assertThat(survivors(new Merge(this.bob, this.ada), new Merge(this.eve, this.bob)))
			.isEqualTo(Map.of(this.ada, this.eve, this.bob, this.eve));
	}

	@Test
	void omitsAProfileThatIsItsOwnSurvivor() {
		assertThat(survivors(new Merge(this.bob, this.ada), new Merge(this.ada, this.bob)))
			.isEqualTo(Map.of(this.bob, this.ada));
	}

	private static Map<ProfileId, ProfileId> survivors(Merge... merges) {
		return new ProfilesMerged(new TenantId("shop"), List.of(merges)).survivors();
	}

}
