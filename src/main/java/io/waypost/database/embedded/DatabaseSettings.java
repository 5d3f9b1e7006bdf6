package io.waypost.database.embedded;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Location of local files.
 *
 * @param dataDir directory of the embedded PostgreSQL and of everything else that is kept
 * on this machine
 */
@ConfigurationProperties("waypost")
public record DatabaseSettings(@DefaultValue("./data") Path dataDir) {

	public DatabaseSettings {
		dataDir = dataDir.toAbsolutePath().normalize();
	}

}
