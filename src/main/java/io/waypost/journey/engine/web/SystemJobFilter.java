package io.waypost.journey.engine.web;

import java.io.IOException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses changes of jobs that belong to no process, such as the history clean-up. The
 * engine checks no permission for them, and they work for all tenants.
 */
class SystemJobFilter extends OncePerRequestFilter {

	private static final Pattern JOB = Pattern.compile(".*/job/([^/]+)(/.*)?");

	private static final Set<String> READS = Set.of("GET", "HEAD");

	private final ObjectProvider<ManagementService> management;

	private final ObjectMapper mapper;

	SystemJobFilter(ObjectProvider<ManagementService> management, ObjectMapper mapper) {
		this.management = management;
		this.mapper = mapper;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Matcher path = JOB.matcher(request.getRequestURI());
		if (!READS.contains(request.getMethod()) && path.matches() && isSystemJob(path.group(1))) {
			response.setStatus(HttpStatus.FORBIDDEN.value());
			response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
			this.mapper.writeValue(response.getOutputStream(), ProblemDetail.forStatusAndDetail(HttpStatus.FORBIDDEN,
					"Job '%s' belongs to the engine; only jobs of a process can be changed".formatted(path.group(1))));
			return;
		}
		chain.doFilter(request, response);
	}

	private boolean isSystemJob(String id) {
		Job job = this.management.getObject().createJobQuery().jobId(id).singleResult();
		return job != null && job.getProcessDefinitionId() == null;
	}

}
