package io.waypost.content.catalogue;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.Operation;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.InvalidRequestException.Violation;
import io.waypost.access.JsonBody;
import io.waypost.access.Requires;
import io.waypost.content.CatalogueItem;
import io.waypost.content.ProductCatalogue;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Imports catalogue items. Unlike {@link CatalogueController}, it saves the valid rows
 * and reports the others.
 */
@RestController
@RequestMapping("/api/v1/catalog/imports")
@Requires(AccessRight.CHANGE_CONTENT)
class CatalogueImportController {

	private static final int MAX_ROWS = 5_000;

	private static final String TEXT_CSV = "text/csv";

	private final ProductCatalogue catalogue;

	private final ObjectMapper json;

	CatalogueImportController(ProductCatalogue catalogue, ObjectMapper json) {
		this.catalogue = catalogue;
		this.json = json;
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Import catalogue items", description = "Saves the valid items and reports the others by row. "
			+ "A text/csv body has one item per line; its columns are the fields of an item, with a point before the "
			+ "language or attribute: name, names.de, attributes.material.en; several images are separated by spaces")
	ImportReport importJson(@AuthenticationPrincipal Caller caller,
			@RequestBody @JsonBody(ProductBody.class) JsonNode body) {
		List<JsonNode> rows = new ArrayList<>();
		if (body.isArray()) {
			body.forEach(rows::add);
		}
		else {
			rows.add(body);
		}
		return save(caller, rows);
	}

	@PostMapping(consumes = TEXT_CSV)
	@Operation(hidden = true)
	ImportReport importCsv(@AuthenticationPrincipal Caller caller, @RequestBody String body) {
		CSVFormat format = CSVFormat.RFC4180.builder()
			.setHeader()
			.setSkipHeaderRecord(true)
			.setTrim(true)
			.setIgnoreEmptyLines(true)
			.get();
		List<JsonNode> rows = new ArrayList<>();
		try (CSVParser parser = CSVParser.parse(new StringReader(body.replaceFirst("^\\ufeff", "")), format)) {
			for (CSVRecord row : parser) {
				rows.add(item(row));
			}
		}
		catch (IOException | IllegalArgumentException | UncheckedIOException ex) {
			throw InvalidRequestException.badRequest("", "is not CSV with a header line: " + ex.getMessage());
		}
		return save(caller, rows);
	}

	/** Nested columns, such as names.de, become objects. */
	private ObjectNode item(CSVRecord row) {
		ObjectNode item = this.json.createObjectNode();
		row.toMap().forEach((column, value) -> {
			if (value == null || value.isEmpty()) {
				return;
			}
			String[] path = column.split("\\.", -1);
			ObjectNode target = item;
			for (int at = 0; at < path.length - 1; at++) {
				target = target.withObjectProperty(path[at]);
			}
			if (column.equals("images")) {
				List.of(value.split("\\s+")).forEach(item.withArrayProperty(column)::add);
			}
			else {
				target.put(path[path.length - 1], value);
			}
		});
		return item;
	}

	private ImportReport save(Caller caller, List<JsonNode> rows) {
		if (rows.size() > MAX_ROWS) {
			throw InvalidRequestException.badRequest("",
					"has %d rows; import at most %d at a time".formatted(rows.size(), MAX_ROWS));
		}
		Map<String, CatalogueItem> valid = new LinkedHashMap<>();
		List<RowErrors> errors = new ArrayList<>();
		for (int at = 0; at < rows.size(); at++) {
			List<Violation> violations = new ArrayList<>();
			CatalogueItem item = item(rows.get(at), violations);
			if (item == null) {
				errors.add(new RowErrors(at + 1, rows.get(at).path("id").asText(""), violations));
			}
			else {
				valid.put(item.product().id(), item);
			}
		}
		if (!valid.isEmpty()) {
			this.catalogue.save(caller.tenant(), caller.actor(), List.copyOf(valid.values()));
		}
		return new ImportReport(valid.size(), errors.size(), errors);
	}

	private @Nullable CatalogueItem item(JsonNode row, List<Violation> violations) {
		try {
			return this.json.treeToValue(row, ProductBody.class).toItem("", violations);
		}
		catch (JsonProcessingException ex) {
			violations.add(new Violation("", ex.getOriginalMessage()));
			return null;
		}
	}

	/**
	 * Result of an import.
	 *
	 * @param saved number of items that were saved
	 * @param refused number of rows that were not
	 * @param errors the refused rows
	 */
	record ImportReport(int saved, int refused, List<RowErrors> errors) {

	}

	/**
	 * The errors of one row.
	 *
	 * @param row number of the row, from 1; the header line is not counted
	 * @param id the item's id, empty without one
	 * @param errors what is wrong and how to fix it
	 */
	record RowErrors(int row, String id, List<Violation> errors) {

	}

}
