package io.waypost.content.brand;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.content.BrandKit;
import io.waypost.content.fact.BrandFacts;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BrandKitLooseningTests {

	private static final BrandKit LIVE = kit("https://shop.example", Set.of("shop.example"),
			Set.of("miracle", "bargain"), BrandFacts.NONE);

	@Test
	void findsNothingInTheSameOrAStricterKit() {
		assertThat(BrandKitLoosening.between(LIVE, LIVE)).isEmpty();
		assertThat(BrandKitLoosening.between(LIVE,
				kit("https://shop.example", Set.of(), Set.of("miracle", "bargain", "cheap"), BrandFacts.NONE)))
			.isEmpty();
	}

	@Test
	void findsWordsThatAreNoLongerForbidden() {
		assertThat(BrandKitLoosening.between(LIVE,
				kit("https://shop.example", Set.of("shop.example"), Set.of("bargain", "cheap"), BrandFacts.NONE)))
			.containsExactly("words no longer forbidden: miracle");
	}

	@Test
	void findsNewHostsAlsoOfTheSite() {
		assertThat(BrandKitLoosening.between(LIVE,
				kit("https://other.example", Set.of("shop.example", "third.example"), LIVE.forbiddenWords(),
						BrandFacts.NONE)))
			.containsExactly("new link hosts: other.example, third.example", "another site");
	}

	@Test
	void findsWhatChangesInEveryMessage() {
		BrandKit other = new BrandKit(2, "Your Bank", "security@bank.example", List.of("Bank AG"), LIVE.siteUrl(),
				"https://shop.example/bank.png", "#000000", LIVE.linkHosts(), LIVE.forbiddenWords());
		assertThat(BrandKitLoosening.between(LIVE, other)).containsExactly("another sender name",
				"another sender address", "another postal address", "another logo");
		assertThat(other.visibleDigest()).isNotEqualTo(LIVE.visibleDigest());
	}

	@Test
	void findsChangedFactsInBothDirections() {
		BrandFacts facts = new BrandFacts(List.of(), Map.of("en", "Orders leave today."), Map.of(),
				BrandFacts.NONE.voice(), Map.of());
		BrandKit changed = kit("https://shop.example", Set.of("shop.example"), LIVE.forbiddenWords(), facts);
		assertThat(BrandKitLoosening.between(LIVE, changed)).hasSize(1);
		assertThat(BrandKitLoosening.between(changed, LIVE)).hasSize(1);
	}

	private static BrandKit kit(String site, Set<String> hosts, Set<String> words, BrandFacts facts) {
		return new BrandKit(1, "Shop", "hello@shop.example", List.of("1 High Street"), site,
				"https://shop.example/logo.png", "#224466", hosts, words, facts);
	}

}
