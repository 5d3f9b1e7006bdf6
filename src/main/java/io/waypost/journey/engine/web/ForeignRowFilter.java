package io.waypost.journey.engine.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.access.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UriUtils;

/**
 * Answers requests for a row of another tenant with 404, before the engine reads it. The
 * engine checks the tenant of most rows, but not of comments, attachments and statistics,
 * and names a foreign model in its refusals. Resources that count the rows of all tenants
 * are closed to everyone.
 */
class ForeignRowFilter extends OncePerRequestFilter {

	private static final String BASE = "(?:/engine-rest(?:/engine/[^/]+)?|/camunda/api/engine/engine/[^/]+"
			+ "|/camunda/api/cockpit/plugin/base/[^/]+)";

	private static final Pattern ROW = Pattern.compile(BASE + "/((?:history/)?[a-z-]+)/([^/]+)(?:/.*)?");

	private static final Pattern ALL_TENANTS = Pattern.compile(BASE
			+ "/(?:(?:metrics|telemetry|optimize)(?:/.*)?|deployment/registered/?|history/process-definition/[^/]+/statistics/?"
			+ "|history/.*cleanable-[a-z-]+-report(?:/count)?/?)");

	private static final Map<String, List<String>> TABLES = Map.ofEntries(
			Map.entry("process-definition", List.of("act_re_procdef")),
			Map.entry("history/process-definition", List.of("act_re_procdef")),
			Map.entry("decision-definition", List.of("act_re_decision_def")),
			Map.entry("decision-requirements-definition", List.of("act_re_decision_req_def")),
			Map.entry("history/decision-requirements-definition", List.of("act_re_decision_req_def")),
			Map.entry("deployment", List.of("act_re_deployment")),
			Map.entry("process-instance", List.of("act_ru_execution", "act_hi_procinst")),
			Map.entry("history/process-instance", List.of("act_hi_procinst")),
			Map.entry("execution", List.of("act_ru_execution")),
			Map.entry("task", List.of("act_ru_task", "act_hi_taskinst")), Map.entry("job", List.of("act_ru_job")),
			Map.entry("job-definition", List.of("act_ru_jobdef")), Map.entry("incident", List.of("act_ru_incident")),
			Map.entry("variable-instance", List.of("act_ru_variable")),
			Map.entry("external-task", List.of("act_ru_ext_task")), Map.entry("batch", List.of("act_ru_batch")),
			Map.entry("history/activity-instance", List.of("act_hi_actinst")),
			Map.entry("history/variable-instance", List.of("act_hi_varinst")),
			Map.entry("history/decision-instance", List.of("act_hi_decinst")),
			Map.entry("history/detail", List.of("act_hi_detail")),
			Map.entry("history/job-log", List.of("act_hi_job_log")),
			Map.entry("history/batch", List.of("act_hi_batch")));

	private final JdbcClient jdbc;

	private final ObjectMapper mapper;

	ForeignRowFilter(JdbcClient jdbc, ObjectMapper mapper) {
		this.jdbc = jdbc;
		this.mapper = mapper;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String path = UriUtils.decode(request.getRequestURI(), StandardCharsets.UTF_8);
		if (ALL_TENANTS.matcher(path).matches()) {
			refuse(response, HttpStatus.FORBIDDEN, "'%s' covers all tenants and is not available".formatted(path));
			return;
		}
		Matcher row = ROW.matcher(path);
		if (row.matches() && isForeign(TABLES.getOrDefault(row.group(1), List.of()), row.group(2))) {
			refuse(response, HttpStatus.NOT_FOUND, "There is no %s '%s'".formatted(row.group(1), row.group(2)));
			return;
		}
		chain.doFilter(request, response);
	}

	private boolean isForeign(List<String> tables, String id) {
		return caller() instanceof Caller caller && tables.stream()
			.anyMatch((table) -> this.jdbc.sql("SELECT 1 FROM " + table + " WHERE id_ = ? AND tenant_id_ <> ?")
				.params(id, caller.tenant().value())
				.query(Integer.class)
				.optional()
				.isPresent());
	}

	private static Object caller() {
		Authentication signedIn = SecurityContextHolder.getContext().getAuthentication();
		return (signedIn != null) ? signedIn.getPrincipal() : "";
	}

	private void refuse(HttpServletResponse response, HttpStatus status, String detail) throws IOException {
		response.setStatus(status.value());
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		this.mapper.writeValue(response.getOutputStream(), ProblemDetail.forStatusAndDetail(status, detail));
	}

}
