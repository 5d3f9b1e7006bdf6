package io.waypost.journey.engine.deploy;

import java.util.List;
import java.util.stream.Collectors;

import io.waypost.journey.check.ModelProblem;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.Problem;

/**
 * A model is not deployed. The engine's REST API answers it as 400, with a problem for
 * each objection.
 */
public class DeploymentRefusedException extends ParseException {

	private static final long serialVersionUID = 1L;

	/**
	 * Refuses a resource.
	 * @param resource its name
	 * @param objections at least one
	 */
	public DeploymentRefusedException(String resource, List<ModelProblem> objections) {
		super("Waypost does not deploy '%s'. %s".formatted(resource,
				objections.stream().map(ModelProblem::toString).collect(Collectors.joining("; "))), resource,
				objections.stream().<Problem>map(ProblemAdapter::new).toList(), List.of());
	}

	private record ProblemAdapter(ModelProblem objection) implements Problem {

		@Override
		public String getMessage() {
			return this.objection.toString();
		}

		@Override
		public int getLine() {
			return 0;
		}

		@Override
		public int getColumn() {
			return 0;
		}

		@Override
		public String getMainElementId() {
			return this.objection.elementId();
		}

		@Override
		public List<String> getElementIds() {
			return List.of(this.objection.elementId());
		}

	}

}
