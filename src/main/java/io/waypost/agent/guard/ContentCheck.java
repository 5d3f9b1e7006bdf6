package io.waypost.agent.guard;

import java.util.List;

/** Looks for one kind of fault. */
interface ContentCheck {

	/**
	 * Looks.
	 * @param inspection words and facts
	 * @return what was found, empty when all is well
	 */
	List<Finding> inspect(InspectionRequest inspection);

}
