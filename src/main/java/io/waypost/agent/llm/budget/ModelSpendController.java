package io.waypost.agent.llm.budget;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Requires;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows what language models cost. */
@RestController
@RequestMapping("/api/v1/model-spend")
@Tag(name = "Language models", description = "Calls of language models and their costs")
@Requires(AccessRight.READ_CAMPAIGNS)
class ModelSpendController {

	private static final int DEFAULT_DAYS = 30;

	private static final int LATEST_YEAR = 9999;

	private final ModelSpendReports reports;

	ModelSpendController(ModelSpendReports reports) {
		this.reports = reports;
	}

	@GetMapping
	@Operation(summary = "Add up the costs of language models",
			description = "In US dollars, by day (UTC), provider, model, purpose and campaign, with the limits of today. "
					+ "Without from and to: the last 30 days. At most 366 days")
	ModelSpend read(@AuthenticationPrincipal Caller caller, @RequestParam(required = false) @Nullable String from,
			@RequestParam(required = false) @Nullable String to) {
		LocalDate last = day("to", to, this.reports.today());
		LocalDate first = day("from", from, last.minusDays(DEFAULT_DAYS - 1L));
		long days = ChronoUnit.DAYS.between(first, last) + 1;
		if (days < 1 || days > ModelSpendReports.DAYS) {
			throw InvalidRequestException.badRequest("?from", "from '%s' to '%s' are %d days; ask for 1 to %d days"
				.formatted(first, last, days, ModelSpendReports.DAYS));
		}
		return this.reports.read(caller.tenant(), first, last);
	}

	private static LocalDate day(String parameter, @Nullable String text, LocalDate otherwise) {
		if (text == null || text.isBlank()) {
			return otherwise;
		}
		try {
			LocalDate day = LocalDate.parse(text);
			if (day.getYear() >= 1 && day.getYear() <= LATEST_YEAR) {
				return day;
			}
		}
		catch (DateTimeException noDay) {
			throw wrong(parameter, text);
		}
		throw wrong(parameter, text);
	}

	private static InvalidRequestException wrong(String parameter, String text) {
		return InvalidRequestException.badRequest("?" + parameter,
				"'%s' is not a day; use for example 2026-11-30".formatted(text));
	}

}
