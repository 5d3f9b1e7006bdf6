package io.waypost.journey.query;

import java.util.List;
import java.util.Map;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Requires;
import io.waypost.journey.JourneyDefinition;
import io.waypost.journey.JourneyPath;
import io.waypost.journey.JourneyRun;
import io.waypost.journey.Journeys;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.Page;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Read access to journeys and their runs. */
@RestController
@RequestMapping("/api/v1/journeys")
@Requires(AccessRight.READ_JOURNEYS)
class JourneyController {

	private final Journeys journeys;

	JourneyController(Journeys journeys) {
		this.journeys = journeys;
	}

	@GetMapping
	Page<JourneyDefinition> definitions(@AuthenticationPrincipal Caller caller) {
		return new Page<>(this.journeys.definitions(caller.tenant()), null);
	}

	@GetMapping("/{key}/activities")
	Map<String, Long> activities(@PathVariable String key, @AuthenticationPrincipal Caller caller) {
		return this.journeys.runningByActivity(caller.tenant(), key);
	}

	@GetMapping("/runs")
	Page<JourneyRun> runs(@RequestParam(defaultValue = "50") int limit, @RequestParam(required = false) String cursor,
			@AuthenticationPrincipal Caller caller) {
		if (limit < 1 || limit > 500) {
			throw InvalidRequestException.badRequest("?limit", "%d is not between 1 and 500".formatted(limit));
		}
		return this.journeys.runs(caller.tenant(), limit, (cursor != null) ? runId(cursor).toString() : null);
	}

	@GetMapping("/runs/{id}/path")
	List<JourneyPath> path(@PathVariable String id, @AuthenticationPrincipal Caller caller) {
		return this.journeys.path(caller.tenant(), runId(id));
	}

	@GetMapping(path = "/diagrams/{definitionId}", produces = MediaType.APPLICATION_XML_VALUE)
	ResponseEntity<String> diagram(@PathVariable String definitionId, @AuthenticationPrincipal Caller caller) {
		return this.journeys.diagram(caller.tenant(), definitionId)
			.map(ResponseEntity::ok)
			.orElseThrow(() -> InvalidRequestException
				.notFound("No diagram '%s'; ids are listed at /api/v1/journeys".formatted(definitionId)));
	}

	private static JourneyRunId runId(String text) {
		try {
			return JourneyRunId.of(text);
		}
		catch (IllegalArgumentException ex) {
			throw InvalidRequestException
				.notFound("'%s' is not a run id; run ids are listed at /api/v1/journeys/runs".formatted(text));
		}
	}

}
