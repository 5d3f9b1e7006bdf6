package io.waypost.console;

import java.io.IOException;

import io.waypost.console.campaigns.ArchetypeLabel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LabelsTests {

	private final Labels words = new Labels();

	LabelsTests() throws IOException {
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			paragraphs[0]    | 1st paragraph
			paragraphs[1]    | 2nd paragraph
			paragraphs[2]    | 3rd paragraph
			paragraphs[10]   | 11th paragraph
			paragraphs[21]   | 22nd paragraph
			items[3].name    | 4th product, name
			subject          | Subject
			callToAction     | Button
			""")
	void pointsAtPlacesAsAPersonWould(String code, String place) {
		assertThat(this.words.location(code)).isEqualTo(place);
	}

	@Test
	void readsArchetypesAloud() {
		assertThat(ArchetypeLabel.of("sale|de|at-risk|high|Garden|Patio"))
			.isEqualTo("At risk, high order value, leans to Garden|Patio, German");
		assertThat(ArchetypeLabel.of("sale|*|*|*|*")).isEqualTo("Everybody else");
	}

}
