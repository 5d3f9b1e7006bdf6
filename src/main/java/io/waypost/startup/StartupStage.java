package io.waypost.startup;

import java.util.Locale;

/** The stages of the start, in the order in which they are shown. */
enum StartupStage {

	SETTINGS, COMPONENTS, DATABASE, SCHEMA, CONTENT, ENGINE, PAGES;

	/** Key of the stage's label in the message bundle. */
	String key() {
		return "stage." + name().toLowerCase(Locale.ROOT);
	}

}
