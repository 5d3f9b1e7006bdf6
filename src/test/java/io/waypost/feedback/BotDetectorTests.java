package io.waypost.feedback;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

class BotDetectorTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "Mozilla/5.0", "curl/8.4.0", "python-requests/2.31",
			"Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
			"YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html",
			"Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)" })
	void recognisesBotsByName(String userAgent) {
		assertThat(BotDetector.isBotUserAgent(userAgent)).isTrue();
	}

	@Test
	void treatsAMissingUserAgentAsBot() {
		assertThat(BotDetector.isBotUserAgent(null)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
			"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15",
			"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
			"Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36",
			"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
			"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.0",
			"Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; Microsoft Outlook 16.0)",
			"Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.4266; Pro)",
			"Mozilla/5.0 (Linux; Android 9; CUBOT_X19) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/90.0 Mobile Safari/537.36" })
	void recognisesBrowsersAndEmailClients(String userAgent) {
		assertThat(BotDetector.isBotUserAgent(userAgent)).isFalse();
	}

	@Test
	void recognisesMostPublishedCrawlers() throws IOException {
		Path file = Path.of("../shared/data/bots/crawler_user_agents_train.jsonl");
		assumeThat(file).as("published crawlers").exists();
		List<String> lines = Files.readAllLines(file);
		long known = 0;
		long all = 0;
		for (String line : lines) {
			JsonNode row = new ObjectMapper().readTree(line);
			String userAgent = row.path("user_agent").asText(row.path("ua").asText());
			all++;
			known += BotDetector.isBotUserAgent(userAgent) ? 1 : 0;
		}
		assertThat((double) known / all).as("%d of %d", known, all).isGreaterThan(0.95);
	}

	@Test
	void treatsClicksWithinTheWindowAsMachine() {
		Instant delivered = Instant.parse("2026-11-01T10:00:00Z");
		Duration window = Duration.ofSeconds(2);
		assertThat(BotDetector.isTooSoonAfterDelivery(delivered, delivered.plusMillis(1999), window)).isTrue();
		assertThat(BotDetector.isTooSoonAfterDelivery(delivered, delivered.plusSeconds(2), window)).isFalse();
		assertThat(BotDetector.isTooSoonAfterDelivery(null, delivered, window)).isFalse();
	}

}
