package io.waypost.experiment.define;

import java.util.List;
import java.util.Optional;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Requires;
import io.waypost.experiment.Arm;
import io.waypost.experiment.Experiment;
import io.waypost.experiment.ExperimentResults;
import io.waypost.experiment.Experiments;
import io.waypost.kernel.Cursor;
import io.waypost.kernel.Page;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** REST API of experiments. */
@RestController
@RequestMapping("/api/v1/experiments")
@Tag(name = "Experiments", description = "A/B tests: definitions, results and decisions")
@Requires(AccessRight.READ_EXPERIMENTS)
class ExperimentController {

	private final Experiments experiments;

	ExperimentController(Experiments experiments) {
		this.experiments = experiments;
	}

	/**
	 * Request to end an experiment manually.
	 *
	 * @param arm the arm that everyone gets from then on
	 */
	record ConclusionRequest(@Nullable String arm) {

	}

	@GetMapping
	@Operation(summary = "List experiments by key, newest version first")
	Page<Experiment> list(@AuthenticationPrincipal Caller caller, @RequestParam(defaultValue = "100") int limit,
			@RequestParam(required = false) @Nullable String cursor) {
		Optional<Cursor> after = Cursor.decode(cursor, 2);
		int size = Cursor.limit(limit);
		List<Experiment> experiments = this.experiments.list(caller.tenant(), after.map((at) -> at.text(0)).orElse(""),
				after.map((at) -> at.number(1)).orElse(Integer.MAX_VALUE), size + 1);
		return Cursor.page(experiments, size,
				(experiment) -> Cursor.of(experiment.definition().key(), experiment.version()));
	}

	@PostMapping
	@Requires(AccessRight.CHANGE_EXPERIMENTS)
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Define an experiment or a new version of it",
			description = "The version has no effect until it is approved. Required: key, owner and arms. The first arm "
					+ "is the default arm unless defaultArm names another.")
	Experiment define(@AuthenticationPrincipal Caller caller, @RequestBody ExperimentDefinitionRequest request) {
		return this.experiments.define(caller.tenant(), caller.actor(), request.toDefinition());
	}

	@PostMapping("/{key}/versions/{version}/approve")
	@Requires(AccessRight.CHANGE_EXPERIMENTS)
	@Operation(summary = "Make a version live",
			description = "Starts a new phase: people are assigned again and counts start at 0. A version that changes "
					+ "only owner, traffic or holdout continues the current phase. A version that is live already does "
					+ "not change.")
	Experiment approve(@AuthenticationPrincipal Caller caller, @PathVariable String key, @PathVariable int version) {
		try {
			return this.experiments.approve(caller.tenant(), caller.actor(), key, version)
				.orElseThrow(() -> InvalidRequestException
					.notFound("Experiment '%s' has no version %d; GET /api/v1/experiments lists all versions"
						.formatted(key, version)));
		}
		catch (IllegalStateException layerFull) {
			throw InvalidRequestException.conflict(String.valueOf(layerFull.getMessage()));
		}
	}

	@GetMapping("/{key}")
	@Operation(summary = "Get the current results of an experiment",
			description = "Arms, people, conversions, always-valid confidence intervals now and at earlier interim "
					+ "analyses, sample ratio, guardrail metrics, lift vs control group, and the decision with its "
					+ "explanation. Reading changes nothing and can be repeated at any time.")
	ExperimentResults read(@AuthenticationPrincipal Caller caller, @PathVariable String key) {
		return this.experiments.read(caller.tenant(), key).orElseThrow(() -> notLive(key));
	}

	@PostMapping("/{key}/conclude")
	@Requires(AccessRight.CHANGE_EXPERIMENTS)
	@Operation(summary = "End an experiment manually",
			description = "From then on everyone outside the holdouts gets the given arm.")
	ExperimentResults conclude(@AuthenticationPrincipal Caller caller, @PathVariable String key,
			@RequestBody ConclusionRequest request) {
		String arm = String.valueOf(request.arm());
		Experiment experiment = this.experiments.find(caller.tenant(), key).orElseThrow(() -> notLive(key));
		return this.experiments.conclude(caller.tenant(), caller.actor(), key, arm)
			.orElseThrow(() -> experiment.live() ? unknownArm(arm, experiment) : notLive(key));
	}

	private static InvalidRequestException unknownArm(String arm, Experiment experiment) {
		return InvalidRequestException.badRequest("/arm", "'%s' is not one of the arms %s".formatted(arm,
				experiment.definition().arms().stream().map(Arm::key).toList()));
	}

	private static InvalidRequestException notLive(String key) {
		return InvalidRequestException.notFound(
				"Experiment '%s' does not exist or has no approved version; GET /api/v1/experiments lists all versions"
					.formatted(key));
	}

}
