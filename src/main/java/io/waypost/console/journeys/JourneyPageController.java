package io.waypost.console.journeys;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

import io.waypost.access.Caller;
import io.waypost.journey.JourneyDefinition;
import io.waypost.journey.Journeys;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** Shows the journeys and where people are in them. */
@Controller
class JourneyPageController {

	private final Journeys journeys;

	private final JourneyListAssembler rows;

	private final ProcessDiagrams pictures;

	JourneyPageController(Journeys journeys, JourneyListAssembler rows, ProcessDiagrams pictures) {
		this.journeys = journeys;
		this.rows = rows;
		this.pictures = pictures;
	}

	@GetMapping("/journeys")
	String list(@AuthenticationPrincipal Caller caller, Model model) {
		model.addAttribute("journeys", this.rows.all(caller.tenant()));
		return "console/journeys";
	}

	@GetMapping("/journeys/{key}")
	String one(@AuthenticationPrincipal Caller caller, @PathVariable String key, Model model) {
		JourneyDefinition journey = this.journeys.definitions(caller.tenant())
			.stream()
			.filter((candidate) -> candidate.key().equals(key))
			.findFirst()
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
		Map<String, Long> counts = this.journeys.runningByActivity(caller.tenant(), key);
		JourneyListItem row = this.rows.row(journey, counts);
		model.addAttribute("journey",
				new JourneyView(row.key(), row.name(), row.version(), row.running(),
						row.places()
							.stream()
							.sorted(Comparator.comparing(JourneyListItem.ElementCount::count).reversed())
							.toList(),
						this.pictures.counts(journey, counts)));
		return "console/journey";
	}

	@GetMapping("/diagrams/{id}")
	ResponseEntity<String> diagram(@PathVariable String id) {
		return this.journeys.diagram(id)
			.map((xml) -> ResponseEntity.ok().contentType(MediaType.APPLICATION_XML).body(xml))
			.orElseGet(() -> ResponseEntity.notFound().build());
	}

	/** One journey with its picture. */
	record JourneyView(String key, String name, String version, long running, List<JourneyListItem.ElementCount> places,
			ProcessDiagram picture) {

	}

}
