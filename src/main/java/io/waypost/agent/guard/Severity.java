package io.waypost.agent.guard;

/** How bad a finding is, worst last. The names are the table's, in lower case. */
public enum Severity {

	/** Worth knowing. */
	INFO,

	/** A person may want to look. */
	WARNING,

	/** Must not go out unseen. */
	SEVERE,

	/** Must never go out. */
	BLOCKING

}
