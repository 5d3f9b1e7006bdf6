package io.waypost.delivery.tracking;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.random.RandomGenerator;

import io.waypost.access.AdminCommand;
import io.waypost.access.InvalidRequestException;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * {@code admin rotate-link-key}: a new secret signs links from the next start on; links
 * of earlier messages keep working.
 */
@Component
public class LinkKeyRotation implements AdminCommand {

	private final String setting;

	private final Path dataDirectory;

	private final RandomGenerator random;

	private final Clock clock;

	LinkKeyRotation(@Value("${waypost.delivery.link-key:}") String setting,
			@Value("${waypost.data-dir}") Path dataDirectory, RandomGenerator random, Clock clock) {
		this.setting = setting;
		this.dataDirectory = dataDirectory;
		this.random = random;
		this.clock = clock;
	}

	@Override
	public String name() {
		return "rotate-link-key";
	}

	@Override
	public String run(Map<String, String> options) {
		if (!this.setting.isBlank()) {
			throw InvalidRequestException.badRequest("",
					"The key is set by waypost.delivery.link-key: set a new one there, add the "
							+ "old one to waypost.delivery.retired-link-keys, and restart each node");
		}
		int retired = new LinkKeyFile(this.dataDirectory, this.random).rotate(LocalDate.now(this.clock));
		return "Rotated the link key; %d retired keys still verify links. Restart Waypost to sign with the new key"
			.formatted(retired);
	}

}
