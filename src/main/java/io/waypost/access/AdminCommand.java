package io.waypost.access;

import java.util.Map;

/** A command of the {@code admin} command line that another module carries out. */
public interface AdminCommand {

	/** Returns the name, as it is typed. */
	String name();

	/**
	 * Carries out the command.
	 * @param options its options by name
	 * @return the result, to be printed
	 * @throws InvalidRequestException when it is refused
	 */
	String run(Map<String, String> options);

}
