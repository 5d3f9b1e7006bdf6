package io.waypost.delivery.tracking;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

import io.waypost.access.SecretFile;

/**
 * The file with the secrets that sign links, one per line: the first signs, the others
 * still verify. Lines that begin with {@code #} are comments.
 */
public final class LinkKeyFile {

	private static final int BYTES = 32;

	private final SecretFile file;

	private final RandomGenerator random;

	public LinkKeyFile(Path dataDirectory, RandomGenerator random) {
		this.file = SecretFile.in(dataDirectory, "link.key");
		this.random = random;
	}

	/**
	 * Reads the secrets, and creates the first one when there is no file.
	 * @return the current secret, then retired ones
	 */
	public List<String> read() {
		return this.file.readOrCreate(this::newSecret)
			.lines()
			.map(String::strip)
			.filter((line) -> !line.isEmpty() && !line.startsWith("#"))
			.toList();
	}

	/**
	 * Puts a new secret in front.
	 * @param today date of the comment that tells when the others were retired
	 * @return number of retired secrets
	 */
	public int rotate(LocalDate today) {
		int retired = read().size();
		this.file.replace("%s%n# retired on %s%n%s%n".formatted(newSecret(), today, this.file.read()));
		return retired;
	}

	private String newSecret() {
		byte[] secret = new byte[BYTES];
		this.random.nextBytes(secret);
		return HexFormat.of().formatHex(secret);
	}

}
