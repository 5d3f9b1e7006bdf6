package io.waypost.database.embedded;

import java.nio.file.Path;

/** Another Waypost process uses the same data directory. */
class DataDirectoryInUseException extends RuntimeException {

	DataDirectoryInUseException(Path path) {
		super("Another Waypost is running on the data directory " + path);
	}

}
