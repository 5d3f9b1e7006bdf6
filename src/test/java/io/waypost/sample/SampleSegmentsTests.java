package io.waypost.sample;

import java.util.List;
import java.util.stream.Collectors;

import io.waypost.audience.SegmentDraft;
import io.waypost.audience.language.ParseResult;
import io.waypost.audience.language.SegmentLanguage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks the definitions of the sample segments. */
class SampleSegmentsTests {

	@Test
	void definesValidSegments() {
		assertThat(SampleSegments.DRAFTS).extracting(SegmentDraft::name).contains("engaged", "lapsed", "new-customers");
		for (SegmentDraft draft : SampleSegments.DRAFTS) {
			assertThat(SegmentLanguage.parse(draft.definition())).as(draft.definition())
				.isInstanceOf(ParseResult.ParsedCondition.class);
		}
	}

	@Test
	void usesExistingCategories() {
		List<String> categories = new SampleCatalogue().categories();
		String definitions = SampleSegments.DRAFTS.stream().map(SegmentDraft::definition).collect(Collectors.joining());
		assertThat(categories.stream().filter(definitions::contains)).hasSize(2);
	}

}
