package io.waypost.content;

import java.util.List;
import java.util.Optional;

import io.waypost.kernel.EmailAddress;

import org.springframework.stereotype.Component;

/** The addresses of our own that editors may send tests to. */
@Component
public class TestAddresses {

	private final List<EmailAddress> addresses;

	TestAddresses(ContentSettings settings) {
		this.addresses = settings.testAddresses().stream().map(EmailAddress::new).toList();
	}

	/**
	 * All of them.
	 * @return in the order they were configured
	 */
	public List<EmailAddress> all() {
		return this.addresses;
	}

	/**
	 * Finds one.
	 * @param address as somebody typed it
	 * @return the configured address, empty when it is not among them
	 */
	public Optional<EmailAddress> find(String address) {
		return EmailAddress.parse(address)
			.flatMap((wanted) -> this.addresses.stream()
				.filter((known) -> known.canonical().equals(wanted.canonical()))
				.findFirst());
	}

}
