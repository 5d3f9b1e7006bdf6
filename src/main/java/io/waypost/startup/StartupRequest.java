package io.waypost.startup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The little of an HTTP request that decides how it is answered during the start.
 *
 * @param method for example GET
 * @param path without the query
 * @param wantsPage whether a browser asks for a page
 */
record StartupRequest(String method, String path, boolean wantsPage) {

	private static final int LONGEST_HEAD = 16 * 1024;

	/**
	 * Reads the head of a request.
	 * @param input positioned at the first byte
	 * @return empty when it is no HTTP request or its head is longer than 16 KB
	 * @throws IOException when the client leaves or is silent for too long
	 */
	static Optional<StartupRequest> read(InputStream input) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			byte[] some = new byte[2048];
			int count = input.read(some);
			if (count < 0 || head.length() + count > LONGEST_HEAD) {
				return Optional.empty();
			}
			head.append(new String(some, 0, count, StandardCharsets.ISO_8859_1));
		}
		return parse(head.substring(0, head.indexOf("\r\n\r\n")));
	}

	private static Optional<StartupRequest> parse(String head) {
		String[] start = head.lines().findFirst().orElse("").split(" ", -1);
		if (start.length != 3 || !start[2].startsWith("HTTP/1.")) {
			return Optional.empty();
		}
		boolean page = isSafe(start[0]) && head.lines()
			.map((line) -> line.toLowerCase(Locale.ROOT))
			.anyMatch((line) -> line.startsWith("accept:") && line.contains("text/html"));
		String path = start[1].contains("?") ? start[1].substring(0, start[1].indexOf('?')) : start[1];
		return Optional.of(new StartupRequest(start[0], path, page));
	}

	private static boolean isSafe(String method) {
		return method.equals("GET") || method.equals("HEAD");
	}

}
