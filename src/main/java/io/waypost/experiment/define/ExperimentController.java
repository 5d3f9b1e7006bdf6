package io.waypost.experiment.define;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequest;
import io.waypost.experiment.Arm;
import io.waypost.experiment.Experiment;
import io.waypost.experiment.ExperimentResults;
import io.waypost.experiment.Experiments;
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

@RestController
@RequestMapping("/api/v1/experiments")
@Tag(name = "Experiments", description = "What is tested on whom, how it stands, and what follows from it")
class ExperimentController {

	private static final int LARGEST_PAGE = 500;

	private final Experiments experiments;

	ExperimentController(Experiments experiments) {
		this.experiments = experiments;
	}

	/**
	 * Who wins in the opinion of a person.
	 *
	 * @param arm what everybody gets
	 */
	record ConclusionRequest(@Nullable String arm) {

	}

	/** Behind this version begins the next page. */
	private record Cursor(String key, int version) {

		static Cursor read(@Nullable String text) {
			if (text == null) {
				return new Cursor("", Integer.MAX_VALUE);
			}
			try {
				String clear = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
				int colon = clear.indexOf(':');
				return new Cursor(clear.substring(colon + 1), Integer.parseInt(clear.substring(0, colon)));
			}
			catch (IllegalArgumentException | StringIndexOutOfBoundsException malformed) {
				throw InvalidRequest.badRequest("?cursor",
						"'%s' is not one that a page answered with; leave it out to begin anew".formatted(text));
			}
		}

		String write() {
			return Base64.getUrlEncoder()
				.withoutPadding()
				.encodeToString((this.version + ":" + this.key).getBytes(StandardCharsets.UTF_8));
		}

	}

	@GetMapping
	@Operation(summary = "List experiments by key, newest version first")
	Page<Experiment> list(@AuthenticationPrincipal Caller caller, @RequestParam(defaultValue = "100") int limit,
			@RequestParam(required = false) @Nullable String cursor) {
		Cursor after = Cursor.read(cursor);
		int size = Math.clamp(limit, 1, LARGEST_PAGE);
		List<Experiment> found = this.experiments.list(caller.tenant(), after.key(), after.version(), size + 1);
		if (found.size() <= size) {
			return new Page<>(found, null);
		}
		Experiment last = found.get(size - 1);
		return new Page<>(found.subList(0, size), new Cursor(last.definition().key(), last.version()).write());
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Define an experiment, or a new version of it",
			description = "Nothing happens before the version is approved. Needed are key, owner and arms; the first arm "
					+ "is the default one unless defaultArm names another.")
	Experiment define(@AuthenticationPrincipal Caller caller, @RequestBody ExperimentDefinitionRequest body) {
		AccessRight.CHANGE_EXPERIMENTS.require(caller);
		return this.experiments.define(caller.tenant(), "user:" + caller.name(), body.toDefinition());
	}

	@PostMapping("/{key}/versions/{version}/approve")
	@Operation(summary = "Put a version live",
			description = "It begins a new phase, with people assigned anew and nothing counted yet, unless only owner, "
					+ "traffic or holdout differ from the live version.")
	Experiment approve(@AuthenticationPrincipal Caller caller, @PathVariable String key, @PathVariable int version) {
		AccessRight.CHANGE_EXPERIMENTS.require(caller);
		try {
			return this.experiments.approve(caller.tenant(), "user:" + caller.name(), key, version)
				.orElseThrow(() -> InvalidRequest
					.notFound("There is no version %d of experiment '%s'; GET /api/v1/experiments lists them"
						.formatted(version, key)));
		}
		catch (IllegalStateException full) {
			throw InvalidRequest.conflict(String.valueOf(full.getMessage()));
		}
	}

	@GetMapping("/{key}")
	@Operation(summary = "Read how an experiment stands",
			description = "Arms, people, conversions, always-valid intervals now and at earlier looks, sample ratio, "
					+ "guardrails, lift against those held out, and the verdict in a sentence. Looking changes nothing, "
					+ "however often.")
	ExperimentResults read(@AuthenticationPrincipal Caller caller, @PathVariable String key) {
		return this.experiments.read(caller.tenant(), key).orElseThrow(() -> notLive(key));
	}

	@PostMapping("/{key}/conclude")
	@Operation(summary = "End an experiment by hand", description = "From then on everybody gets the arm.")
	ExperimentResults conclude(@AuthenticationPrincipal Caller caller, @PathVariable String key,
			@RequestBody ConclusionRequest choice) {
		AccessRight.CHANGE_EXPERIMENTS.require(caller);
		String arm = String.valueOf(choice.arm());
		Experiment known = this.experiments.find(caller.tenant(), key).orElseThrow(() -> notLive(key));
		return this.experiments.conclude(caller.tenant(), "user:" + caller.name(), key, arm)
			.orElseThrow(
					() -> known.live()
							? InvalidRequest
								.badRequest("/arm",
										"'%s' is none of the arms %s".formatted(arm,
												known.definition().arms().stream().map(Arm::key).toList()))
							: notLive(key));
	}

	private static InvalidRequest notLive(String key) {
		return InvalidRequest.notFound(
				"Experiment '%s' does not exist or no version of it was approved; GET /api/v1/experiments lists them"
					.formatted(key));
	}

}
