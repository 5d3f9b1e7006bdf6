package io.waypost.content;

import java.util.List;
import java.util.Optional;

import io.waypost.kernel.EmailAddress;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** The configured addresses to which editors may send tests. */
@Component
@EnableConfigurationProperties(ContentSettings.class)
public class TestAddresses {

	private final List<EmailAddress> addresses;

	TestAddresses(ContentSettings settings) {
		this.addresses = settings.testAddresses().stream().map(EmailAddress::new).toList();
	}

	/**
	 * Returns all test addresses.
	 * @return the addresses in the order of configuration
	 */
	public List<EmailAddress> all() {
		return this.addresses;
	}

	/**
	 * Finds a test address.
	 * @param address as entered by a user
	 * @return the configured address, empty when it is not configured
	 */
	public Optional<EmailAddress> find(String address) {
		return EmailAddress.parse(address)
			.flatMap((wanted) -> this.addresses.stream()
				.filter((known) -> known.canonical().equals(wanted.canonical()))
				.findFirst());
	}

}
