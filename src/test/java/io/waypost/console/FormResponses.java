package io.waypost.console;

import java.net.http.HttpResponse;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** Assertions on responses to forms: a redirect, or the form with errors. */
public final class FormResponses {

	private FormResponses() {
	}

	/** Returns the redirect's target without the server's address. */
	public static String leadsTo(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(302);
		return response.headers().firstValue("Location").orElseThrow().replaceAll("^https?://[^/]+", "");
	}

	public static void assertProblem(String page, String field, String text) {
		assertThat(page).containsPattern(
				"(?s)id=\"hint-%s\">\\s*<span class=\"wp-problem\">[^<]*%s".formatted(field, Pattern.quote(text)));
	}

}
