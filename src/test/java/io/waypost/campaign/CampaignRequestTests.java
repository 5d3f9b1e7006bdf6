package io.waypost.campaign;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.agent.ContentVariant;
import io.waypost.experiment.GoalMetric;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CampaignRequestTests {

	@Test
	void recognisesATestByEachOfItsFields() {
		assertThat(CampaignRequest.of(Map.of("name", "Teapots")).experiment()).isNull();
		for (String part : new String[] { "variants", "metric", "testPercent", "testDuration", "reactionWindow" }) {
			assertThat(CampaignRequest.of(Map.of(part, "20")).experiment()).as(part).isNotNull();
		}
	}

	@Test
	void readsFlatFields() {
		CampaignRequest body = CampaignRequest
			.of(Map.of("variants", "a,b", "testDuration", "P1D", "reactionWindow", "PT1H", "bestHourWithin", "PT6H"));
		assertThat(body.bestHourWithin()).isEqualTo("PT6H");
		assertThat(body.experiment().reactionWindow()).isEqualTo("PT1H");
		assertThat(body.experiment().variants()).extracting(CampaignRequest.ContentVariantRequest::name)
			.containsExactly("a", "b");
	}

	@Test
	void showsABriefInTheShapeThatIsPosted() throws JsonProcessingException {
		String posted = """
				{"name":"Teapots","goal":"welcome","template":"welcome","segment":"everyone","category":"Kitchen",
				"schedule":"2030-01-01T09:00:00Z","experiment":{"variants":[{"name":"a"},{"name":"b","subject":"Hi"}],
				"metric":"conversion","testPercent":30.0,"testDuration":"PT4H","reactionWindow":"PT1H"},
				"holdoutPercent":10.0,"bestHourWithin":"PT6H","offer":"teapots-20"}""";
		CampaignBrief brief = new CampaignBrief("Teapots", "welcome", "welcome", "everyone", "Kitchen",
				Instant.parse("2030-01-01T09:00:00Z"),
				new ExperimentPlan(List.of(ContentVariant.named("a"), ContentVariant.subject("b", "Hi")),
						GoalMetric.CONVERSION, 30, Duration.ofHours(4), Duration.ofHours(1)),
				10, Duration.ofHours(6), "teapots-20");
		ObjectMapper json = new ObjectMapper();
		String shown = json.writeValueAsString(CampaignRequest.of(brief));
		assertThat(json.readTree(shown)).isEqualTo(json.readTree(posted));
		assertThat(json.readValue(shown, CampaignRequest.class)).isEqualTo(CampaignRequest.of(brief));
	}

}
