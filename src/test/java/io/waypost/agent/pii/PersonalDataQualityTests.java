package io.waypost.agent.pii;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Recall and precision on the third of Presidio's rows that the recognisers were not
 * tuned on. Skipped without the data.
 */
class PersonalDataQualityTests {

	private final PersonalDataDetector detector = new PersonalDataDetector();

	private final Function<String, List<PersonalDataEntity>> find = (text) -> this.detector.find(text, Locale.ENGLISH);

	@BeforeEach
	void needData() {
		assumeThat(Files.isDirectory(LabelledTexts.FOLDER)).as("the folder %s", LabelledTexts.FOLDER.toAbsolutePath())
			.isTrue();
	}

	@Test
	void findsPersonalDataInSentences() throws IOException {
		DetectionScores scores = DetectionScores.of(LabelledTexts.sentences(false), this.find);
		System.out.println("Sentences that were not used for tuning\n" + scores.table());
		assertThat(scores.structured().recall()).isGreaterThanOrEqualTo(0.98);
		assertThat(scores.structured().precision()).isGreaterThanOrEqualTo(0.95);
		assertThat(scores.all().f2()).as(scores.table()).isGreaterThanOrEqualTo(0.9);
	}

	@Test
	void findsTheValuesOfTheUnitCases() throws IOException {
		DetectionScores scores = DetectionScores.of(LabelledTexts.unitCases(false), this.find);
		System.out.println("Unit cases that were not used for tuning\n" + scores.table());
		assertThat(scores.structured().recall()).as(String.join("\n", scores.errors())).isGreaterThanOrEqualTo(0.98);
		assertThat(scores.structured().precision()).isGreaterThanOrEqualTo(0.95);
	}

}
