package io.waypost.agent.guard;

import java.util.List;

/** Finds one kind of problem in a draft. */
interface ContentCheck {

	/**
	 * Inspects a draft.
	 * @param request the draft and the known facts
	 * @return the findings, empty when there are none
	 */
	List<Finding> inspect(InspectionRequest request);

}
