package io.waypost.console;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LabelsTests {

	private final Labels labels = new Labels(new ConsoleConfiguration().messageSource());

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			paragraphs[0]    | 1st paragraph
			paragraphs[1]    | 2nd paragraph
			paragraphs[2]    | 3rd paragraph
			paragraphs[10]   | 11th paragraph
			paragraphs[21]   | 22nd paragraph
			items[3].name    | 4th product, name
			subject          | Subject line
			callToAction     | Button
			""")
	void labelsLocationsOfFindings(String code, String label) {
		assertThat(this.labels.location(code)).isEqualTo(label);
	}

	@Test
	void labelsArchetypes() {
		assertThat(new ArchetypeLabel(this.labels).of("sale|de|at-risk|high|Garden|Patio"))
			.isEqualTo("At risk, high order value, top category Garden|Patio, German");
		assertThat(new ArchetypeLabel(this.labels).of("sale|*|*|*|*")).isEqualTo("All others");
	}

}
