package io.waypost.delivery.tracking;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;

import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import io.waypost.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TrackingLinksTests {

	private static final String SECRET = "a secret of thirty-two characters or more";

	private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";

	private final TrackingLinks links = links(SECRET);

	private final LinkTarget target = new LinkTarget(new TenantId("shop"),
			new SendId(UUID.fromString("019aa000-0000-7000-8000-00000000abcd")), 3);

	@Test
	void verifiesWhatItSigned() {
		assertThat(this.links.verify(TrackingLinks.Purpose.CLICK, token(TrackingLinks.Purpose.CLICK)))
			.contains(this.target);
	}

	@Test
	void createsUrlsUnderThePublicUrl() {
		assertThat(this.links.createUrl(TrackingLinks.Purpose.CLICK, this.target))
			.startsWith("https://mail.example.com/t/c/");
		assertThat(this.links.createUrl(TrackingLinks.Purpose.OPEN, this.target))
			.startsWith("https://mail.example.com/t/o/");
		assertThat(this.links.createUrl(TrackingLinks.Purpose.UNSUBSCRIBE, this.target))
			.startsWith("https://mail.example.com/u/");
	}

	@Test
	void refusesATokenOfAnotherPurpose() {
		assertThat(this.links.verify(TrackingLinks.Purpose.UNSUBSCRIBE, token(TrackingLinks.Purpose.OPEN))).isEmpty();
	}

	@Test
	void refusesATokenOfAnotherKey() {
		assertThat(links(SECRET + "!").verify(TrackingLinks.Purpose.CLICK, token(TrackingLinks.Purpose.CLICK)))
			.isEmpty();
	}

	@Test
	void verifiesTokensOfARetiredKey() {
		TrackingLinks rotated = new TrackingLinks(
				new LinkSigningKeys("https://mail.example.com", SECRET + "!", List.of(SECRET)),
				TestDatabase.migrated().client());
		assertThat(rotated.verify(TrackingLinks.Purpose.CLICK, token(TrackingLinks.Purpose.CLICK)))
			.contains(this.target);
	}

	@Test
	void refusesAHundredThousandMutatedTokens() {
		SplittableRandom random = new SplittableRandom(20261121);
		String valid = token(TrackingLinks.Purpose.CLICK);
		long accepted = 0;
		for (int i = 0; i < 100_000; i++) {
			String mutated = mutate(valid, random);
			Optional<LinkTarget> read = this.links.verify(TrackingLinks.Purpose.CLICK, mutated);
			accepted += (!mutated.equals(valid) && read.isPresent()) ? 1 : 0;
		}
		assertThat(accepted).isZero();
	}

	@Test
	void refusesInvalidTokens() {
		for (String invalid : List.of("", ".", "....", "a.b.c.d.e", "x".repeat(10_000), "1.shop.AA.0.AA", "\u0000")) {
			assertThat(this.links.verify(TrackingLinks.Purpose.OPEN, invalid)).isEmpty();
		}
	}

	@Test
	void refusesAShortSecret() {
		assertThatThrownBy(() -> links("short")).hasMessageContaining("waypost.delivery.link-key");
	}

	private static String mutate(String token, SplittableRandom random) {
		StringBuilder mutated = new StringBuilder(token);
		int edits = 1 + random.nextInt(3);
		for (int i = 0; i < edits; i++) {
			int at = random.nextInt(mutated.length());
			char letter = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
			switch (random.nextInt(4)) {
				case 0 -> mutated.insert(at, letter);
				case 1 -> mutated.deleteCharAt(at);
				default -> mutated.setCharAt(at, letter);
			}
		}
		return mutated.toString();
	}

	private String token(TrackingLinks.Purpose purpose) {
		String url = this.links.createUrl(purpose, this.target);
		return url.substring(url.lastIndexOf('/') + 1);
	}

	private static TrackingLinks links(String secret) {
		return new TrackingLinks(new LinkSigningKeys("https://mail.example.com/", secret, List.of()),
				TestDatabase.migrated().client());
	}

}
