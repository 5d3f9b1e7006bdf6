package io.waypost.journey.engine.deploy;

import java.util.List;
import java.util.stream.Collectors;

import io.waypost.journey.check.ModelProblem;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.Problem;

/**
 * A model is not deployed. The engine's REST API answers it as 400, with a problem for
 * each problem.
 */
public class DeploymentRefusedException extends ParseException {

	private static final long serialVersionUID = 1L;

	/**
	 * Refuses a resource.
	 * @param resource its name
	 * @param problems at least one
	 */
	public DeploymentRefusedException(String resource, List<ModelProblem> problems) {
		super("Deployment of '%s' refused: %s".formatted(resource,
				problems.stream().map(ModelProblem::toString).collect(Collectors.joining("; "))), resource,
				problems.stream().<Problem>map(ProblemAdapter::new).toList(), List.of());
	}

	private record ProblemAdapter(ModelProblem problem) implements Problem {

		@Override
		public String getMessage() {
			return this.problem.toString();
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
			return this.problem.elementId();
		}

		@Override
		public List<String> getElementIds() {
			return List.of(this.problem.elementId());
		}

	}

}
