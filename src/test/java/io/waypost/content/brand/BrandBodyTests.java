package io.waypost.content.brand;

import java.util.List;
import java.util.Locale;

import io.waypost.access.InvalidRequestException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BrandBodyTests {

	@ParameterizedTest
	@ValueSource(strings = { "Fernweh & Field", "shop.example", "Shop.Example", "J.R. Smith Ltd.", "St. Ann's Garden",
			"Müller & Co. KG", "12 High Street", "60311 Frankfurt/Main", "c/o Ann Lee", "Suite 4-5, 2nd floor" })
	void acceptsNamesAndAddresses(String text) {
		assertThat(kit(text, text.toLowerCase(Locale.ROOT).endsWith("example") ? "1 High Street" : text,
				"https://shop.example/logo.png", "https://shop.example", "shop.example")
			.toBrandKit()
			.senderName()).isEqualTo(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Log in at https://evil.example/login now", "Log in at evil.example", "www evil com",
			"evil dot com", "evil [dot] com", "security@bank.example", "evil\u2024com", "evil\uff0ecom", "a{{ x }}",
			"ev\u200bil", "<b>", "evil\u202emoc" })
	void refusesLinksInTexts(String text) {
		assertThatThrownBy(
				() -> kit("Shop", text, "https://shop.example/logo.png", "https://shop.example", "shop.example")
					.toBrandKit())
			.isInstanceOfSatisfying(InvalidRequestException.class,
					(ex) -> assertThat(ex.details()).contains("/postalAddress/0"));
		assertThatThrownBy(() -> kit(text, "1 High Street", "https://shop.example/logo.png", "https://shop.example",
				"shop.example")
			.toBrandKit()).isInstanceOfSatisfying(InvalidRequestException.class,
					(ex) -> assertThat(ex.details()).contains("/senderName"));
	}

	@ParameterizedTest
	@CsvSource({ "https://evil.example/track.png, https://shop.example, shop.example, /logoUrl",
			"http://169.254.169.254/x.png, https://shop.example, shop.example, /logoUrl",
			"http://169.254.169.254/x.png, https://shop.example, 169.254.169.254, /logoUrl",
			"http://localhost/x.png, https://shop.example, shop.example, /logoUrl",
			"http://2130706433/x.png, https://shop.example, shop.example, /logoUrl",
			"http://0x7f.1/x.png, https://shop.example, shop.example, /logoUrl",
			"http://[::1]/x.png, https://shop.example, shop.example, /logoUrl",
			"http://db.internal/x.png, https://shop.example, shop.example, /logoUrl",
			"https://shop.example/x.png, http://10.0.0.1, shop.example, /siteUrl",
			"https://shop.example/x.png, https://shop.example, 10.0.0.1, /linkHosts",
			"https://shop.example/x.png, https://shop.example, localhost, /linkHosts" })
	void refusesHostsThatAreNotOfTheBrand(String logo, String site, String host, String pointer) {
		assertThatThrownBy(() -> kit("Shop", "1 High Street", logo, site, host).toBrandKit())
			.isInstanceOfSatisfying(InvalidRequestException.class, (ex) -> assertThat(ex.details()).contains(pointer));
	}

	private static BrandBody kit(String name, String line, String logo, String site, String host) {
		return new BrandBody(name, "hello@shop.example", List.of(line), site, logo, "#224466", List.of(host), List.of(),
				null);
	}

}
