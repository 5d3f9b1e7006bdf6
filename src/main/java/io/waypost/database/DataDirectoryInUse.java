package io.waypost.database;

import java.nio.file.Path;

/** Another Waypost keeps its database in the same directory. */
class DataDirectoryInUse extends RuntimeException {

	DataDirectoryInUse(Path path) {
		super("Another Waypost is running on the data directory " + path);
	}

}
