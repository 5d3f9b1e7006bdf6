package io.waypost.sample;

import java.util.List;
import java.util.stream.Collectors;

import io.waypost.audience.SegmentDraft;
import io.waypost.audience.language.Reading;
import io.waypost.audience.language.SegmentLanguage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the sample shop means can be asked. */
class MeaningsTests {

	@Test
	void definesWordsThatCanBeRead() {
		assertThat(Meanings.DRAFTS).extracting(SegmentDraft::name).contains("engaged", "lapsed", "new-customers");
		for (SegmentDraft draft : Meanings.DRAFTS) {
			assertThat(SegmentLanguage.read(draft.definition())).as(draft.definition())
				.isInstanceOf(Reading.Read.class);
		}
	}

	@Test
	void asksForCategoriesThatTheShopHas() {
		List<String> categories = new Assortment().categories();
		String definitions = Meanings.DRAFTS.stream().map(SegmentDraft::definition).collect(Collectors.joining());
		assertThat(categories.stream().filter(definitions::contains)).hasSize(2);
	}

}
