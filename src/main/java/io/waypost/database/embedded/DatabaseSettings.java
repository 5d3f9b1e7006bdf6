package io.waypost.database.embedded;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where local files live.
 *
 * @param dataDir holds the embedded PostgreSQL and everything else kept on this machine
 */
@ConfigurationProperties("waypost")
record DatabaseSettings(@DefaultValue("./data") Path dataDir) {

	DatabaseSettings {
		dataDir = dataDir.toAbsolutePath().normalize();
	}

}
