package io.waypost.ingestion.csv;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.Requires;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Imports profiles from an uploaded CSV file. */
@RestController
@Requires(AccessRight.IMPORT_PROFILES)
class ProfileImportController {

	private final ProfileImporter importer;

	ProfileImportController(ProfileImporter importer) {
		this.importer = importer;
	}

	@PostMapping(path = "/api/v1/profiles/import", consumes = "text/csv")
	ProfileImportReport importProfiles(@AuthenticationPrincipal Caller caller, HttpServletRequest request)
			throws IOException {
		InputStreamReader csv = new InputStreamReader(request.getInputStream(),
				StandardCharsets.UTF_8.newDecoder()
					.onMalformedInput(CodingErrorAction.REPLACE)
					.onUnmappableCharacter(CodingErrorAction.REPLACE));
		return this.importer.importProfiles(caller.tenant(), csv);
	}

}
