package io.waypost.console.journeys;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.Requires;
import io.waypost.console.PageNotFoundException;
import io.waypost.journey.JourneyDefinition;
import io.waypost.journey.Journeys;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Shows the journeys with their current positions and BPMN diagrams. */
@Controller
@Requires(AccessRight.READ_JOURNEYS)
class JourneyPageController {

	private final Journeys journeys;

	private final JourneyListAssembler rows;

	private final ProcessDiagrams diagrams;

	JourneyPageController(Journeys journeys, JourneyListAssembler rows, ProcessDiagrams diagrams) {
		this.journeys = journeys;
		this.rows = rows;
		this.diagrams = diagrams;
	}

	@GetMapping("/journeys")
	String list(@AuthenticationPrincipal Caller caller, Model model) {
		model.addAttribute("journeys", this.rows.all(caller.tenant()));
		return "console/journeys";
	}

	@GetMapping("/journeys/{key}")
	String show(@AuthenticationPrincipal Caller caller, @PathVariable String key, Model model) {
		JourneyDefinition journey = this.journeys.definitions(caller.tenant())
			.stream()
			.filter((candidate) -> candidate.key().equals(key))
			.findFirst()
			.orElseThrow(PageNotFoundException::new);
		Map<String, Long> counts = this.journeys.runningByActivity(caller.tenant(), key);
		JourneyListItem row = this.rows.row(caller.tenant(), journey, counts);
		model.addAttribute("journey",
				new JourneyView(row.key(), row.name(), row.version(), row.running(),
						row.elements()
							.stream()
							.sorted(Comparator.comparing(JourneyListItem.ElementCount::count).reversed())
							.toList(),
						this.diagrams.counts(journey, counts)));
		return "console/journey";
	}

	@GetMapping("/diagrams/{id}")
	ResponseEntity<String> diagram(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		return this.journeys.diagram(caller.tenant(), id)
			.map((xml) -> ResponseEntity.ok().contentType(MediaType.APPLICATION_XML).body(xml))
			.orElseGet(() -> ResponseEntity.notFound().build());
	}

	/** One journey with its diagram. */
	record JourneyView(String key, String name, String version, long running,
			List<JourneyListItem.ElementCount> elements, ProcessDiagram diagram) {

	}

}
