package io.waypost.content;

import java.util.List;

import io.waypost.kernel.EmailAddress;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of test sends.
 *
 * @param testAddresses addresses of your own to which editors may send tests, in addition
 * to profiles that are subscribed to the template's topic
 */
@ConfigurationProperties("waypost.content")
record ContentSettings(@DefaultValue List<String> testAddresses) {

	ContentSettings {
		testAddresses.stream()
			.filter((address) -> EmailAddress.parse(address).isEmpty())
			.findAny()
			.ifPresent((invalid) -> {
				throw new IllegalArgumentException(
						"waypost.content.test-addresses: '%s' is not an e-mail address".formatted(invalid));
			});
		testAddresses = List.copyOf(testAddresses);
	}

}
