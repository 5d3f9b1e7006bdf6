package io.waypost.agent.guard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.agent.ShopFixture;
import io.waypost.content.EmailDraft;
import io.waypost.content.EmailRenderer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Unsafe sentences that others worded: recall per kind on the half that was not used for
 * tuning. Names of the sample catalogue and of recipients are not known here, so the kind
 * {@code product} and names without a form of address are left out. Skipped without the
 * data.
 */
class RewordedMutationTests {

	private static final Path FILE = Path.of("../shared/data/guardrail_reworded/reworded_train.jsonl");

	private final ContentInspector inspector = new ContentInspector(new EmailRenderer()::legalElements);

	@Test
	void findsSentencesThatWereNotUsedForTuning() throws IOException {
		assumeThat(Files.exists(FILE)).as("the file %s", FILE.toAbsolutePath()).isTrue();
		Map<String, List<Boolean>> found = new TreeMap<>();
		List<String> missed = new ArrayList<>();
		ObjectMapper json = new ObjectMapper();
		for (String line : Files.readAllLines(FILE)) {
			JsonNode row = json.readTree(line);
			String text = row.path("text").textValue();
			if (!isTuning(text) && !row.path("kind").textValue().equals("product") && !text.startsWith("We have ")) {
				boolean hit = isFound(row.path("locale").textValue(), text);
				found.computeIfAbsent(row.path("kind").textValue(), (kind) -> new ArrayList<>()).add(hit);
				if (!hit) {
					missed.add(text);
				}
			}
		}
		found.forEach((kind, hits) -> System.out.printf("reworded %s: %d of %d found%n", kind,
				hits.stream().filter((hit) -> hit).count(), hits.size()));
		assertThat(missed).isEmpty();
	}

	private boolean isFound(String locale, String text) {
		EmailDraft draft = new EmailDraft(locale, "News from the shop", "Preview", "Headline", List.of(text), List.of(),
				new EmailDraft.CallToAction("Look", "https://hearth.example"), null);
		return this.inspector
			.inspect(new InspectionRequest(draft, ShopFixture.BRAND, Map.of(), Map.of(), ShopFixture.names(), List.of(),
					"", Map.of(), LocalDate.of(2026, 11, 30)))
			.findings()
			.stream()
			.anyMatch((finding) -> finding.severity().compareTo(Severity.WARNING) >= 0);
	}

	private static boolean isTuning(String text) {
		CRC32 hash = new CRC32();
		hash.update(text.getBytes(StandardCharsets.UTF_8));
		return hash.getValue() % 2 == 0;
	}

}
