package io.waypost.database.embedded;

import java.nio.file.Path;

/** Another Waypost keeps its database in the same directory. */
class DataDirectoryInUseException extends RuntimeException {

	DataDirectoryInUseException(Path path) {
		super("Another Waypost is running on the data directory " + path);
	}

}
