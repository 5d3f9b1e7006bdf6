package io.waypost.console;

import java.net.http.HttpResponse;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** What forms answer: another page, or this one with what is wrong beside its field. */
public final class FormResponses {

	private FormResponses() {
	}

	/** Where an answer leads, without the address of the server. */
	public static String leadsTo(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
		return answer.headers().firstValue("Location").orElseThrow().replaceAll("^https?://[^/]+", "");
	}

	public static void assertProblem(String page, String field, String text) {
		assertThat(page).containsPattern(
				"(?s)id=\"hint-%s\">\\s*<span class=\"wp-problem\">[^<]*%s".formatted(field, Pattern.quote(text)));
	}

}
