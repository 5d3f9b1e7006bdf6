package io.waypost.agent.pii;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Texts with labelled personal data, from the data folder beside the project. */
final class LabelledTexts {

	static final Path FOLDER = Path.of("../shared/data/pii_presidio");

	/** Recognisers of the English set; the others are of other countries. */
	private static final Set<String> ENGLISH = Set.of("aba_routing", "credit_card", "crypto", "date", "email", "iban",
			"ip", "mac", "phone", "uk_driving_licence", "uk_nhs", "uk_nino", "uk_passport", "uk_postcode", "url",
			"us_bank", "us_driver_license", "us_itin", "us_mbi", "us_npi", "us_passport", "us_ssn");

	private static final ObjectMapper JSON = new ObjectMapper();

	private LabelledTexts() {
	}

	/** Generated sentences: the two thirds that are for tuning, or the other third. */
	static List<LabelledText> sentences(boolean tuning) throws IOException {
		return read("synthetic_generated_large_train.jsonl.gz").stream()
			.filter((row) -> isTuning(row.path("text").textValue()) == tuning)
			.map((row) -> labelled(row, ""))
			.toList();
	}

	/** Unit cases of the recognisers of the English set, without checksum cases. */
	static List<LabelledText> unitCases(boolean tuning) throws IOException {
		return read("unit_cases_train.jsonl").stream()
			.filter((row) -> row.has("expected_count") && ENGLISH.contains(row.path("recognizer").textValue()))
			.filter((row) -> isTuning(row.path("text").textValue()) == tuning)
			.map((row) -> labelled(row, row.path("entity_types").path(0).textValue()))
			.toList();
	}

	private static boolean isTuning(String text) {
		CRC32 hash = new CRC32();
		hash.update(text.getBytes(StandardCharsets.UTF_8));
		return hash.getValue() % 3 != 0;
	}

	private static List<JsonNode> read(String file) throws IOException {
		List<JsonNode> rows = new ArrayList<>();
		try (InputStream bytes = Files.newInputStream(FOLDER.resolve(file));
				InputStream plain = file.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
				BufferedReader lines = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				rows.add(JSON.readTree(line));
			}
		}
		return rows;
	}

	private static LabelledText labelled(JsonNode row, String type) {
		String text = row.path("text").textValue();
		List<Label> labels = new ArrayList<>();
		row.path("spans")
			.forEach((span) -> labels.add(new Label(type.isEmpty() ? type(span.path("type").textValue()) : type,
					text.offsetByCodePoints(0, span.path("start").intValue()),
					text.offsetByCodePoints(0, span.path("end").intValue()))));
		return new LabelledText(text, labels, type);
	}

	private static String type(String type) {
		return switch (type) {
			case "DOMAIN_NAME" -> "URL";
			case "PREFIX" -> "TITLE";
			default -> type;
		};
	}

	/**
	 * A labelled text.
	 *
	 * @param text the text
	 * @param labels its personal data
	 * @param only the only labelled type, empty for all types
	 */
	record LabelledText(String text, List<Label> labels, String only) {

	}

	/** A label, in UTF-16 positions. */
	record Label(String type, int start, int end) {

	}

}
