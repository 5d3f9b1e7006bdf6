package io.waypost.agent.write;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the figures of docs/quality.md for messages of the sample shop, with fixed seeds.
 */
@TestInstance(Lifecycle.PER_CLASS)
class WriterQualityTests {

	private final WriterReport report = new WriterReport();

	static Stream<Locale> locales() {
		return Stream.of(Locale.UK, Locale.GERMANY, Locale.FRANCE);
	}

	static Stream<Arguments> journeys() {
		return locales().flatMap((locale) -> WriterReport.GOALS.stream().map((goal) -> Arguments.of(goal, locale)));
	}

	@BeforeAll
	void warmUp() {
		locales().forEach((locale) -> this.report.campaign(20, locale));
	}

	@ParameterizedTest
	@MethodSource("locales")
	void writesCampaignsThatDiffer(Locale locale) {
		WriterReport.Figures figures = this.report.campaign(240, locale);
		assertThat(figures.findings).isEmpty();
		assertThat(figures.below()).isLessThanOrEqualTo(0.02);
		assertThat(figures.duplicates()).as("equal bodies").isLessThanOrEqualTo(0.02);
		assertThat(figures.distinctPairs()).as("distinct-2").isGreaterThanOrEqualTo(0.15);
		assertThat(figures.subjects()).isGreaterThanOrEqualTo(150);
	}

	@ParameterizedTest
	@MethodSource("locales")
	void showsManyProductSets(Locale locale) {
		assertThat(this.report.campaign(130, locale).productSets()).isGreaterThanOrEqualTo(40);
	}

	@ParameterizedTest
	@MethodSource("journeys")
	void writesJourneysThatPassTheJudges(String goal, Locale locale) {
		WriterReport.Figures figures = this.report.journey(goal, 40, locale);
		assertThat(figures.findings).isEmpty();
		assertThat(figures.below()).isLessThanOrEqualTo(0.05);
		assertThat(figures.unfilled()).isEqualTo(0);
		assertThat(figures.layouts()).hasSizeGreaterThanOrEqualTo(List.of("milestone").contains(goal) ? 1 : 2);
	}

}
