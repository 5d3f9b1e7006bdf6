package io.waypost.sample;

import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

import com.fasterxml.jackson.databind.json.JsonMapper;

/** Generates the people of the sample shop: the same on every machine. */
final class ShopperGenerator {

	private static final long SEED = 0x9E0_91E5;

	private static final List<String> DOMAINS = List.of("example.com", "example.org", "example.net");

	private final List<Region> regions = read();

	private final int totalWeight = this.regions.stream().mapToInt(Region::weight).sum();

	private final List<String> categories;

	private final Instant now;

	/**
	 * Prepares the generator.
	 * @param categories categories that people can prefer
	 * @param now time at which the histories end
	 */
	ShopperGenerator(List<String> categories, Instant now) {
		this.categories = categories;
		this.now = now;
	}

	/**
	 * Generates one person; the same number gives the same person.
	 * @param number from 1
	 * @return the person
	 */
	SampleShopper shopper(int number) {
		SplittableRandom random = new SplittableRandom(SEED + number);
		Region region = region(random);
		String given = pick(region.given(), random);
		String family = pick(region.family(), random);
		ShopperPersona persona = ShopperPersona.draw(random);
		Instant last = this.now.minus(Duration.ofDays(persona.daysSinceLastVisit(random)))
			.minus(Duration.ofMinutes(random.nextInt(180, 1_000)));
		Instant first = last.minus(Duration.ofDays(persona.daysBetweenFirstAndLastVisit(random)))
			.minus(Duration.ofHours(3));
		String email = ascii(given) + "." + ascii(family) + number + "@" + pick(DOMAINS, random);
		return new SampleShopper(number, "shopper-" + number, given, family, email, region.country(), region.locale(),
				pick(region.zones(), random), persona, consent(random), pick(this.categories, random), first, last,
				persona.orders(random));
	}

	private Region region(SplittableRandom random) {
		int draw = random.nextInt(this.totalWeight);
		for (Region region : this.regions) {
			draw -= region.weight();
			if (draw < 0) {
				return region;
			}
		}
		return this.regions.getFirst();
	}

	private static SampleShopper.ShopperConsent consent(SplittableRandom random) {
		int draw = random.nextInt(100);
		if (draw < 74) {
			return SampleShopper.ShopperConsent.GRANTED;
		}
		if (draw < 82) {
			return SampleShopper.ShopperConsent.DENIED;
		}
		return (draw < 88) ? SampleShopper.ShopperConsent.REVOKED : SampleShopper.ShopperConsent.NEVER_ASKED;
	}

	private static <T> T pick(List<T> from, SplittableRandom random) {
		return from.get(random.nextInt(from.size()));
	}

	private static String ascii(String name) {
		return Normalizer.normalize(name.replace("ß", "ss").replace("ø", "o"), Normalizer.Form.NFD)
			.replaceAll("[^A-Za-z]", "")
			.toLowerCase(Locale.ROOT);
	}

	private static List<Region> read() {
		try (InputStream in = SampleResource.open("people.json")) {
			return JsonMapper.builder().build().readValue(in, People.class).regions();
		}
		catch (IOException ex) {
			throw new IllegalStateException("The sample people cannot be read", ex);
		}
	}

	private record People(List<Region> regions) {

	}

	private record Region(String country, String locale, int weight, List<String> zones, List<String> given,
			List<String> family) {

	}

}
