package io.waypost.access.problem;

import java.io.IOException;
import java.io.PrintWriter;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Answers requests of the APIs that Tomcat refuses before any filter runs, such as a path
 * with {@code %2F} or {@code %00}, with problem details instead of a page.
 */
class ProblemReportValve extends ErrorReportValve {

	private static final Logger LOG = LoggerFactory.getLogger(ProblemReportValve.class);

	private static final String REFUSED = """
			{"type":"about:blank","title":"%s","status":%d,\
			"detail":"The request line is not valid. A path must not contain %%00, %%2F, %%5C or other invalid escapes"}""";

	ProblemReportValve() {
		setShowReport(false);
		setShowServerInfo(false);
	}

	/**
	 * Tells whether programs call a path.
	 * @param path path of a request, or null
	 * @return true below {@code /api/} and {@code /v1/}
	 */
	static boolean isApi(String path) {
		return path.startsWith("/api/") || path.startsWith("/v1/");
	}

	@Override
	protected void report(Request request, Response response, Throwable failure) {
		int code = response.getStatus();
		HttpStatus status = HttpStatus.resolve(code);
		if (code < 400 || status == null || response.getContentWritten() > 0
				|| !isApi(String.valueOf(request.getRequestURI()))) {
			super.report(request, response, failure);
			return;
		}
		if (response.setErrorReported()) {
			write(response, status);
		}
	}

	private static void write(Response response, HttpStatus status) {
		try {
			response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
			PrintWriter writer = response.getReporter();
			if (writer != null) {
				writer.write(REFUSED.formatted(status.getReasonPhrase(), status.value()));
				response.finishResponse();
			}
		}
		catch (IOException gone) {
			LOG.debug("The client did not wait for the answer", gone);
		}
	}

}
