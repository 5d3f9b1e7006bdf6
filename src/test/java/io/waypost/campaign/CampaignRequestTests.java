package io.waypost.campaign;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A brief that an engine brings as plain variables. */
class CampaignRequestTests {

	@Test
	void tellsATestByEachOfItsParts() {
		assertThat(CampaignRequest.of(Map.of("name", "Teapots")).experiment()).isNull();
		for (String part : new String[] { "variants", "metric", "testPercent", "testDuration", "reactionWindow" }) {
			assertThat(CampaignRequest.of(Map.of(part, "20")).experiment()).as(part).isNotNull();
		}
	}

	@Test
	void readsPartsThatLieSideBySide() {
		CampaignRequest body = CampaignRequest
			.of(Map.of("variants", "a,b", "testDuration", "P1D", "reactionWindow", "PT1H", "bestHourWithin", "PT6H"));
		assertThat(body.bestHourWithin()).isEqualTo("PT6H");
		assertThat(body.experiment().reactionWindow()).isEqualTo("PT1H");
		assertThat(body.experiment().variants()).extracting(CampaignRequest.ContentVariantRequest::name)
			.containsExactly("a", "b");
	}

}
