package io.waypost.access.signin;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/** Groups addresses that one client can choose freely. */
final class ClientNetwork {

	/** A client with IPv6 usually has a network of 64 bits. */
	private static final int IPV6_PREFIX = 8;

	private ClientNetwork() {
	}

	/**
	 * Returns the network of an address.
	 * @param address IP address in text form
	 * @return the address itself for IPv4, the first 64 bits for IPv6
	 */
	static String of(String address) {
		if (address.indexOf(':') < 0) {
			return address;
		}
		try {
			// A literal with colons is never looked up
			byte[] bytes = InetAddress.getByName(address).getAddress();
			return (bytes.length > IPV6_PREFIX) ? HexFormat.of().formatHex(Arrays.copyOf(bytes, IPV6_PREFIX)) : address;
		}
		catch (UnknownHostException notAnAddress) {
			return address;
		}
	}

}
