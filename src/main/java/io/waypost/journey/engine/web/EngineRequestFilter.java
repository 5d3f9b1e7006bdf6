package io.waypost.journey.engine.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import org.springframework.web.util.UriUtils;

/**
 * Reads requests before the engine does and refuses five things. Expressions in queries,
 * at any depth: the engine checks only the outermost level and evaluates
 * {@code orQueries} (CVE-2026-109432). Variables that a task's form does not have, which
 * could overwrite the route of a message. Variables set without a form, which the engine
 * allows for everyone who may work on a task. Starts and modifications that jump into the
 * middle of a process, past permission and inspection. Variables that steps read. Java
 * objects as variables. Paths are compared as the engine reads them, decoded.
 */
class EngineRequestFilter extends OncePerRequestFilter {

	static final int MAX_BODY = 2_000_000;

	private static final Pattern TASK_END = Pattern
		.compile(".*/task/[^/]+/(complete|submit-form|resolve|bpmnError|" + "bpmnEscalation)/?");

	private static final Pattern START = Pattern.compile(".*/process-definition/.+/(start|submit-form)/?");

	private static final Pattern JUMP = Pattern.compile(".*/(modification(/.*)?|process-instance/[^/]+/modification|"
			+ "process-definition/[^/]+/restart(-async)?|migration/execute(Async)?)/?");

	private static final Pattern VARIABLE = Pattern.compile(
			".*/(task|execution|process-instance)/" + "([^/]+/(variables|localVariables)(/.*)?|variables-async)/?");

	private static final Set<String> READS = Set.of("GET", "HEAD");

	private static final List<String> SWITCHES = List.of("startInstructions", "skipCustomListeners", "skipIoMappings");

	/** The variables of the forms. */
	private static final Set<String> FORM_VARIABLES = Set.of("review");

	private final ObjectMapper mapper;

	EngineRequestFilter(ObjectMapper mapper) {
		this.mapper = mapper;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String path = UriUtils.decode(request.getRequestURI(), StandardCharsets.UTF_8);
		if (JUMP.matcher(path).matches()) {
			refuse(response, HttpStatus.FORBIDDEN,
					"Process instances cannot be modified, restarted or migrated " + "over HTTP; start a new instance");
			return;
		}
		if (VARIABLE.matcher(path).matches() && !READS.contains(request.getMethod())) {
			refuse(response, HttpStatus.FORBIDDEN,
					"Variables can be set only by process steps and task forms; " + "complete the task with its form");
			return;
		}
		Optional<String> queryProblem = expression(request);
		if (queryProblem.isPresent()) {
			refuse(response, HttpStatus.BAD_REQUEST, queryProblem.get());
			return;
		}
		if (!isJson(request)) {
			chain.doFilter(request, response);
			return;
		}
		byte[] body = request.getInputStream().readNBytes(MAX_BODY + 1);
		if (body.length > MAX_BODY) {
			refuse(response, HttpStatus.PAYLOAD_TOO_LARGE, "The body is longer than %d bytes".formatted(MAX_BODY));
			return;
		}
		Optional<String> problem = problem(path, body);
		if (problem.isPresent()) {
			refuse(response, HttpStatus.BAD_REQUEST, problem.get());
			return;
		}
		if (TASK_END.matcher(path).matches() || START.matcher(path).matches()) {
			translateRefusal(new RereadableRequest(request, body), response, chain);
			return;
		}
		chain.doFilter(new RereadableRequest(request, body), response);
	}

	/**
	 * The engine answers 500 for every exception that a task listener, the check of start
	 * variables or a first step throws. Invalid variables are an error of the client, so
	 * they become 400, and what contradicts an earlier decision 409.
	 */
	private void translateRefusal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		ContentCachingResponseWrapper buffered = new ContentCachingResponseWrapper(response);
		chain.doFilter(request, buffered);
		if (request.getAttribute(FormRefusedException.ATTRIBUTE) instanceof String detail
				&& buffered.getStatus() == HttpStatus.INTERNAL_SERVER_ERROR.value()) {
			buffered.resetBuffer();
			refuse(buffered, (request.getAttribute(FormRefusedException.CONFLICT) != null) ? HttpStatus.CONFLICT
					: HttpStatus.BAD_REQUEST, detail);
		}
		buffered.copyBodyToResponse();
	}

	private static boolean isJson(HttpServletRequest request) {
		String type = request.getContentType();
		boolean multipart = type != null && type.startsWith(MediaType.MULTIPART_FORM_DATA_VALUE);
		return !READS.contains(request.getMethod()) && !multipart;
	}

	/** Query parameters are checked like the keys of a body. */
	private static Optional<String> expression(HttpServletRequest request) {
		return request.getQueryString() == null ? Optional.empty()
				: request.getParameterMap()
					.keySet()
					.stream()
					.filter(EngineRequestFilter::isExpression)
					.findFirst()
					.map(EngineRequestFilter::noExpressions);
	}

	private Optional<String> problem(String path, byte[] body) throws IOException {
		if (body.length == 0) {
			return Optional.empty();
		}
		JsonNode json;
		try {
			json = this.mapper.readTree(body);
		}
		catch (JsonProcessingException ex) {
			return Optional.of("The body is not JSON: " + ex.getOriginalMessage());
		}
		return expressionIn(json).or(() -> startInside(json))
			.or(() -> JavaObjects.problem(json))
			.or(() -> foreignVariable(path, json))
			.or(() -> ReservedVariables.problem(path, json));
	}

	private static Optional<String> expressionIn(JsonNode node) {
		Iterator<Map.Entry<String, JsonNode>> fields = node.fields();
		while (fields.hasNext()) {
			Map.Entry<String, JsonNode> field = fields.next();
			if (isExpression(field.getKey())) {
				return Optional.of(noExpressions(field.getKey()));
			}
		}
		for (JsonNode child : node) {
			Optional<String> found = expressionIn(child);
			if (found.isPresent()) {
				return found;
			}
		}
		return Optional.empty();
	}

	private static Optional<String> startInside(JsonNode json) {
		return SWITCHES.stream()
			.filter(json::has)
			.findFirst()
			.map("A process starts at its start event and with all its listeners: remove '%s'"::formatted);
	}

	private static Optional<String> foreignVariable(String path, JsonNode json) {
		if (!TASK_END.matcher(path).matches()) {
			return Optional.empty();
		}
		Iterator<String> names = json.path("variables").fieldNames();
		while (names.hasNext()) {
			String name = names.next();
			if (!FORM_VARIABLES.contains(name)) {
				return Optional.of("'%s' is not a field of the task's form; remove it".formatted(name));
			}
		}
		return Optional.empty();
	}

	private static boolean isExpression(String key) {
		return key.endsWith("Expression");
	}

	private static String noExpressions(String key) {
		return "Expressions are not allowed in queries: remove '%s' and send a value".formatted(key);
	}

	private void refuse(HttpServletResponse response, HttpStatus status, String detail) throws IOException {
		response.setStatus(status.value());
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		this.mapper.writeValue(response.getOutputStream(), ProblemDetail.forStatusAndDetail(status, detail));
	}

}
