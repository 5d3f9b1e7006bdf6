package io.waypost.access;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.springframework.http.HttpStatus;

/**
 * What takes more than being signed in, and which roles have it: one is enough. The
 * security chains keep whole doors; a right is asked for behind them, by the room whose
 * data it is about or by the page that shows it.
 */
public enum AccessRight {

	/** Templates, brand kit and catalogue, their approval, and test sends. */
	CHANGE_CONTENT("change content", Role.MARKETER, Role.ADMIN),

	/** What segments mean, and which version is in force. */
	CHANGE_SEGMENTS("change segments", Role.MARKETER, Role.ADMIN),

	/** What is tested on whom, and who has won. */
	CHANGE_EXPERIMENTS("change experiments", Role.MARKETER, Role.ADMIN),

	/** From the brief to the end, with pause and cancel. */
	RUN_CAMPAIGNS("run campaigns", Role.MARKETER, Role.ADMIN),

	/** Events that were refused are taken in after all. */
	REPLAY_DEAD_LETTERS("replay dead letters", Role.MARKETER, Role.OPERATOR, Role.ADMIN),

	/** All events are read once more, which keeps the database busy for long. */
	REBUILD_ACTIVITIES("have all events read anew", Role.OPERATOR, Role.ADMIN);

	private final String action;

	private final Set<Role> roles;

	AccessRight(String deed, Role... roles) {
		this.action = deed;
		this.roles = EnumSet.of(roles[0], roles);
	}

	/**
	 * Whether somebody has it.
	 * @param caller who asks
	 * @return true when one of the caller's roles has it
	 */
	public boolean isGrantedTo(Caller caller) {
		return !Collections.disjoint(caller.roles(), this.roles);
	}

	/**
	 * Lets only those go on who have it.
	 * @param caller who asks
	 * @throws InvalidRequest a 403 for everybody else, naming the caller, what was
	 * refused and the roles that have it
	 */
	public void require(Caller caller) {
		if (!isGrantedTo(caller)) {
			throw new InvalidRequest(HttpStatus.FORBIDDEN,
					"'%s' may not %s; it takes the role %s".formatted(caller.name(), this.action, anyRole()),
					List.of());
		}
	}

	/** As in "MARKETER, OPERATOR or ADMIN". */
	private String anyRole() {
		List<String> names = this.roles.stream().map(Role::name).toList();
		return String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.getLast();
	}

}
